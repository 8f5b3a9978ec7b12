export { Mark } from "./Brand";
export { EmptyState } from "./EmptyState";
export { Key } from "./Key";
export { Loading } from "./Loading";
export { Markdown } from "./Markdown";
export { Card, Page, Section } from "./Page";
export { ProblemNote } from "./ProblemNote";
