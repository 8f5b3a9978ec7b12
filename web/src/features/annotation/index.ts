export { OutboxProvider } from "./outbox";
export { AnswerForm } from "./questions/AnswerForm";
export type { Answers, AnswerValue } from "./shapes";
