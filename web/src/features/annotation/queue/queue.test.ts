import { describe, expect, test } from "vitest";
import { batchOf, itemOf, schema, workOf } from "../testing";
import { dueForRenewal, ended, localEnd } from "./leases";
import { emptyQueue, type Queue, type QueueEvent, queueReducer, wanted, workOn } from "./queue";

const run = (queue: Queue, ...events: QueueEvent[]) => events.reduce(queueReducer, queue);
const arrived = (taskIds: number[], count = 5, settled = true): QueueEvent => ({
  type: "arrived",
  batch: batchOf(taskIds),
  wanted: count,
  works: taskIds.map((id) => workOf(id)),
  settled,
});
const answered: QueueEvent = { type: "finished", deed: "answer", spentMs: 4000 };
const ids = (queue: Queue) => queue.ahead.map((work) => work.item.task_id);

const five = run(emptyQueue, { type: "asked" }, arrived([1, 2, 3, 4, 5]));

describe("records at hand", () => {
  test("an empty queue asks for five, and only once at a time", () => {
    expect(wanted(emptyQueue)).toBe(5);
    expect(wanted(run(emptyQueue, { type: "asked" }))).toBe(0);
    expect(wanted(five)).toBe(0);
  });

  test("it asks again when fewer than three are left", () => {
    expect(wanted(run(five, answered, answered))).toBe(0);
    expect(wanted(run(five, answered, answered, answered))).toBe(3);
  });

  test("the next record is on screen at once", () => {
    const next = run(five, answered);
    expect(ids(next)).toEqual([2, 3, 4, 5]);
    expect(next.turn).toBe(five.turn + 1);
  });

  test("a record that is here, or was done here, is never shown twice", () => {
    const again = run(five, answered, { type: "asked" }, arrived([1, 2, 6], 3));
    expect(ids(again)).toEqual([2, 3, 4, 5, 6]);
  });

  test("what another tab finished goes, on screen or waiting, but for a revision opened on purpose", () => {
    const elsewhere = (taskId: number): QueueEvent => ({ type: "finishedElsewhere", taskId });
    expect(run(five, elsewhere(3))).toMatchObject({ turn: five.turn });
    expect(ids(run(five, elsewhere(3)))).toEqual([1, 2, 4, 5]);
    expect(run(five, elsewhere(1))).toMatchObject({ turn: five.turn + 1 });
    expect(ids(run(five, elsewhere(1)))).toEqual([2, 3, 4, 5]);
    const revised = run(five, { type: "opened", work: { ...workOf(9), visit: "again" } });
    expect(run(revised, elsewhere(9))).toBe(revised);
  });

  test("what a reviewer sent back comes next, also when it was done here", () => {
    const sent = { ...workOf(1), item: { ...workOf(1).item, reason: "Read it again." } };
    const back: QueueEvent = {
      type: "arrived",
      batch: batchOf([1, 7]),
      wanted: 2,
      works: [workOf(7), sent],
      settled: true,
    };
    const again = run(five, answered, answered, { type: "asked" }, back);
    expect(ids(again)).toEqual([3, 1, 4, 5, 7]);
    expect(again.done.map((one) => one.work.item.task_id)).toEqual([2]);
    expect(ids(run(five, answered, { type: "asked" }, { ...back, settled: false }))).toEqual([2, 3, 4, 5, 7]);
  });

  test("fewer than asked for means that there are no more for now, until something changes", () => {
    const dry = run(emptyQueue, { type: "asked" }, arrived([1]));
    expect(dry.dry).toBe(true);
    expect(wanted(run(dry, answered))).toBe(0);
    expect(wanted(run(dry, answered, { type: "resumed" }))).toBe(5);
  });

  test("a batch without anything new does not make it ask in circles", () => {
    const stalled = run(emptyQueue, arrived([1, 2], 2), { type: "asked" }, arrived([1, 2], 2));
    expect(wanted(stalled)).toBe(0);
  });

  test("failing to ask waits for the next look", () => {
    const failed = run(emptyQueue, { type: "asked" }, { type: "askFailed" });
    expect(wanted(failed)).toBe(0);
    expect(wanted(run(failed, { type: "resumed" }))).toBe(5);
  });
});

describe("undo", () => {
  const given = run(five, { type: "answered", answers: { intent: "refund" }, at: "note" }, answered);

  test("brings the last record back with its answers and its time", () => {
    const back = run(given, { type: "undone" });
    expect(ids(back)).toEqual([1, 2, 3, 4, 5]);
    expect(back.ahead[0]).toMatchObject({ answers: { intent: "refund" }, at: "note", spentMs: 4000 });
    expect(back.done).toHaveLength(0);
  });

  test("goes back step by step, and leaves what was begun meanwhile as it was", () => {
    const begun = run(given, { type: "answered", answers: { intent: "delivery" }, at: "intent" });
    const back = run(begun, { type: "undone" });
    expect(back.ahead[1]?.answers).toEqual({ intent: "delivery" });
    expect(run(back, { type: "undone" })).toBe(back);
  });

  test("takes the answer out of the day's count", () => {
    expect(given.progress?.mine_today).toBe(1);
    expect(run(given, { type: "undone" }).progress?.mine_today).toBe(0);
  });

  test("a skip never counted", () => {
    const skipped = run(five, { type: "finished", deed: "skip", spentMs: 0 });
    expect(skipped.progress?.mine_today).toBe(0);
    expect(run(skipped, { type: "undone" }).progress?.mine_today).toBe(0);
  });
});

describe("revising", () => {
  const old = workOf(90, { state: "submitted", answers: { intent: "refund" }, revision: 1 });

  test("an old answer comes in front and counts no second time", () => {
    const open = run(five, { type: "opened", work: old });
    expect(ids(open)).toEqual([90, 1, 2, 3, 4, 5]);
    const revised = run(open, answered);
    expect(ids(revised)).toEqual([1, 2, 3, 4, 5]);
    expect(revised.progress?.mine_today).toBe(0);
  });

  test("it can be put aside unchanged", () => {
    expect(ids(run(five, { type: "opened", work: old }, { type: "putAside" }))).toEqual([1, 2, 3, 4, 5]);
  });
});

test("what was kept in this browser wins over the server's draft and the last answer", () => {
  const item = itemOf(1, {
    answers: { intent: "refund" },
    draft: { answers: { intent: "delivery" }, notes: {}, active_ms: 10, updated_at: "2026-01-01T00:00:00Z" },
  });
  expect(workOn(item, schema, 0).answers).toEqual({ intent: "delivery" });
  expect(workOn(item, schema, 0, { answers: {}, active_ms: 7 })).toMatchObject({ answers: {}, spentMs: 7 });
});

test("counts from the server wait until everything sent has arrived", () => {
  const done = run(five, answered);
  expect(run(done, arrived([6], 1, false)).progress?.mine_today).toBe(1);
  expect(run(done, arrived([6], 1, true)).progress?.mine_today).toBe(0);
});

describe("leases", () => {
  const lease = 1_800_000;

  test("end on this browser's clock, never later than the policy says", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(localEnd("2026-01-01T00:30:00Z", lease, now)).toBe(now + lease);
    expect(localEnd("2026-01-01T09:00:00Z", lease, now)).toBe(now + lease);
    expect(localEnd("2025-12-31T00:00:00Z", lease, now)).toBe(now);
  });

  test("are renewed at half time, but not for somebody who is gone", () => {
    const works = [workOf(1, {}, 1_000_000), workOf(2, {}, 2_000_000)];
    expect(dueForRenewal(works, 1_000_000, 400_000, 0)).toEqual([]);
    expect(dueForRenewal(works, 1_000_000, 600_000, 0)).toEqual([1, 2]);
    expect(dueForRenewal(works, 1_000_000, 600_000, 700_000)).toEqual([]);
  });

  test("that ended take waiting records away and leave the one on screen", () => {
    expect(ended(five.ahead, 2_000_000)).toEqual([1, 2, 3, 4, 5]);
    const back = run(five, { type: "ended", taskIds: [1, 2, 3, 4, 5] });
    expect(ids(back)).toEqual([1]);
    expect(back.late).toBe(true);
    expect(wanted(back)).toBe(4);
    expect(run(back, answered).late).toBe(false);
  });
});
