/** The roles of a workspace, in words. */
export const WORKSPACE_ROLES = [
  { value: "owner", label: "Owner", help: "Everything, in every project, and the admin page." },
  { value: "manager", label: "Manager", help: "May make projects." },
  { value: "member", label: "Member", help: "Works in the projects they were invited to." },
];
