import { describe, expect, test } from "vitest";
import { emptyOutbox, type Op, type OpBody, type OutboxEvent, outboxReducer, pauseMs } from "./ops";

const op = (id: string, taskId: number, body: Partial<OpBody> & { kind: OpBody["kind"] } = { kind: "answer" }): Op =>
  ({ id, taskId, projectId: 1, at: 0, answers: {}, active_ms: 0, ...body }) as Op;
const run = (...events: OutboxEvent[]) => events.reduce(outboxReducer, emptyOutbox);
const added = (one: Op): OutboxEvent => ({ type: "added", op: one });

describe("undo", () => {
  const answer = op("a", 1);
  const undo = op("u", 1, { kind: "undo" });

  test("makes a deed that has not left disappear, and itself with it", () => {
    expect(run(added(op("x", 9)), added(answer), added(undo)).ops.map((o) => o.id)).toEqual(["x"]);
  });
  test("follows a deed that is under way", () => {
    expect(run(added(answer), { type: "sending", id: "a" }, added(undo)).ops).toEqual([answer, undo]);
  });
  test("follows a deed that may have arrived although the answer got lost", () => {
    const state = run(added(answer), { type: "sending", id: "a" }, { type: "failed" }, added(undo));
    expect(state.ops).toEqual([answer, undo]);
  });
  test("follows a deed that has arrived", () => {
    expect(run(added(answer), { type: "sending", id: "a" }, { type: "sent", id: "a" }, added(undo)).ops).toEqual([
      undo,
    ]);
  });
  test("of an undone and repeated deed takes back the repeated one", () => {
    const again = op("b", 1);
    const events = [added(answer), { type: "sending", id: "a" } as const, added(undo), added(again)];
    expect(run(...events, added(op("u2", 1, { kind: "undo" }))).ops).toEqual([answer, undo]);
  });
});

describe("sending", () => {
  test("what passes is tried again, later each time, and stays in order", () => {
    const state = run(added(op("a", 1)), added(op("b", 2)), { type: "sending", id: "a" }, { type: "failed" });
    expect(state.ops.map((o) => o.id)).toEqual(["a", "b"]);
    expect([1, 2, 3, 4, 9].map(pauseMs)).toEqual([1000, 2000, 4000, 8000, 30_000]);
  });
  test("what is refused is put before the person and holds nothing up", () => {
    const refusal = { op: op("a", 1), title: "Conflict", detail: "Gone." };
    const state = run(added(refusal.op), added(op("b", 2)), { type: "refused", refusal });
    expect(state.ops.map((o) => o.id)).toEqual(["b"]);
    expect(state.refused).toEqual([refusal]);
    expect(outboxReducer(state, { type: "dismissed", id: "a" }).refused).toEqual([]);
  });
  test("an undo that came too late is no news", () => {
    const refusal = { op: op("u", 1, { kind: "undo" }), title: "Conflict", detail: "" };
    expect(run(added(refusal.op), { type: "refused", refusal }).refused).toEqual([]);
  });
});
