export { OutboxProvider, useOutbox, useOutboxState } from "./OutboxProvider";
export type { Op, OpBody, OutboxState, Refusal } from "./ops";
