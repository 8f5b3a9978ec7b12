/** What is on its way to the server, in order. Pure: what the outbox holds after each event. */
import type { Answers, Notes } from "../shapes";

export type OpBody =
  | { kind: "answer"; answers: Answers; notes?: Notes; active_ms: number; schema_version?: number }
  | { kind: "skip"; reason?: string }
  | { kind: "flag"; reason: string }
  | { kind: "undo" };

export type Op = OpBody & {
  /** Also the idempotency key: a repeated request stays one deed. */
  readonly id: string;
  readonly projectId: number;
  readonly taskId: number;
  /** Orders the deeds of one browser. */
  readonly at: number;
};

export type Refusal = { readonly op: Op; readonly title: string; readonly detail: string };

export type OutboxState = {
  readonly ops: readonly Op[];
  /** The op whose request is under way. */
  readonly sending: string | null;
  /** Requests that failed in a row for reasons that pass. */
  readonly failures: number;
  readonly refused: readonly Refusal[];
};

export const emptyOutbox: OutboxState = { ops: [], sending: null, failures: 0, refused: [] };

export type OutboxEvent =
  | { type: "added"; op: Op }
  | { type: "sending"; id: string }
  | { type: "sent"; id: string }
  | { type: "failed" }
  | { type: "refused"; refusal: Refusal }
  | { type: "dismissed"; id: string };

export function outboxReducer(state: OutboxState, event: OutboxEvent): OutboxState {
  switch (event.type) {
    case "added":
      return { ...state, ops: added(state, event.op) };
    case "sending":
      return { ...state, sending: event.id };
    case "sent":
      return { ...state, ops: without(state.ops, event.id), sending: null, failures: 0 };
    case "failed":
      return { ...state, sending: null, failures: state.failures + 1 };
    case "refused":
      return {
        ...state,
        ops: without(state.ops, event.refusal.op.id),
        sending: null,
        failures: 0,
        refused: event.refusal.op.kind === "undo" ? state.refused : [...state.refused, event.refusal],
      };
    case "dismissed":
      return { ...state, refused: state.refused.filter((refusal) => refusal.op.id !== event.id) };
  }
}

/** Taking back a deed that has not left yet makes both disappear; otherwise the undo follows it. */
function added(state: OutboxState, op: Op): readonly Op[] {
  if (op.kind !== "undo") return [...state.ops, op];
  const last = state.ops.findLast((other) => other.taskId === op.taskId);
  const maybeLeft = last?.id === state.sending || (state.failures > 0 && last === state.ops[0]);
  return last && last.kind !== "undo" && !maybeLeft ? without(state.ops, last.id) : [...state.ops, op];
}

function without(ops: readonly Op[], id: string): readonly Op[] {
  return ops.filter((op) => op.id !== id);
}

/** 1, 2, 4 … 30 seconds. */
export function pauseMs(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
}
