export { GuidelineReader } from "./GuidelineReader";
export { type Can, can } from "./permissions";
export {
  type Field,
  type Project,
  type ProjectSummary,
  projectQuery,
  projectsQuery,
  type Question,
  type QuestionOf,
  type Schema,
  schemaOf,
  schemasQuery,
  useProject,
} from "./queries";
