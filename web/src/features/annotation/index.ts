export { OutboxProvider } from "./outbox";
export { AnswerForm } from "./questions/AnswerForm";
export type { Answers, AnswerValue, Notes } from "./shapes";
export { type Elsewhere, Marking } from "./spans/marking";
