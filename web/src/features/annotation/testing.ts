/** Small schemas and records for tests. */
import { type Work, workOn } from "./queue/queue";
import type { Batch, Item, Question, Schema } from "./shapes";

export const intent: Question = {
  type: "label",
  name: "intent",
  title: "What do they want?",
  required: true,
  allow_note: false,
  leaves_only: false,
  options: [
    { value: "refund", title: "Refund" },
    { value: "delivery", title: "Delivery" },
  ],
};

export const data: Question = {
  type: "multi_label",
  name: "personal_data",
  title: "Which personal data?",
  required: true,
  allow_note: false,
  min_choices: 0,
  leaves_only: false,
  options: [{ value: "name" }, { value: "email" }, { value: "phone" }],
};

export const note: Question = {
  type: "text",
  name: "note",
  title: "Note",
  required: false,
  allow_note: false,
  max_length: 100,
};

export const better: Question = {
  type: "preference",
  name: "better",
  title: "Which is better?",
  required: true,
  allow_note: false,
  a_field: "a",
  b_field: "b",
  strengths: 3,
  allow_tie: true,
  allow_both_bad: true,
};

export const questions: readonly Question[] = [intent, data, note];

export const schema: Schema = {
  version: 1,
  changes: [],
  fields: [{ name: "text", type: "text", required: true, markdown: false }],
  questions: [...questions],
  note: "",
  created_at: "2026-01-01T00:00:00Z",
};

export function itemOf(taskId: number, over: Partial<Item> = {}): Item {
  return {
    task_id: taskId,
    record: { id: taskId + 100, external_id: `r${taskId}`, fields: { text: "x" }, metadata: null },
    schema_version: 1,
    guideline_version: 1,
    presentation: { swapped: false, orders: {} },
    lease_expires_at: "2026-01-01T00:30:00Z",
    state: "open",
    reason: null,
    draft: null,
    answers: null,
    notes: {},
    revision: 0,
    ...over,
  };
}

export function workOf(taskId: number, over: Partial<Item> = {}, untilMs = 1_000_000): Work {
  return workOn(itemOf(taskId, over), schema, untilMs);
}

export function batchOf(taskIds: readonly number[], mineToday = 0): Batch {
  return {
    items: taskIds.map((id) => itemOf(id)),
    remaining_estimate: 10,
    progress: { mine_today: mineToday, mine_total: mineToday, project_done: 2, project_total: 10 },
  };
}
