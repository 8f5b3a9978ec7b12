export { OutboxProvider } from "./outbox";
export { AnswerForm } from "./questions/AnswerForm";
export { fetchAhead } from "./questions/Widget";
export type { Answers, AnswerValue, Notes } from "./shapes";
export { type Elsewhere, Marking } from "./spans/marking";
