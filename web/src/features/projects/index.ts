export { type Can, can } from "./permissions";
export { type Project, type ProjectSummary, projectQuery, projectsQuery, useProject } from "./queries";
