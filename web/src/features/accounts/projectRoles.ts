/** The roles of a project, in words. */
export const PROJECT_ROLES = [
  { value: "annotator", label: "Annotator", help: "Answers the questions. Sees nobody else's answers." },
  {
    value: "reviewer",
    label: "Reviewer",
    help: "Also decides where annotators disagree, and sees records and quality.",
  },
  { value: "manager", label: "Manager", help: "Also imports, releases, and changes questions, rules and members." },
  { value: "owner", label: "Owner", help: "Everything." },
  { value: "viewer", label: "Viewer", help: "Sees records, quality and releases; changes nothing." },
];
