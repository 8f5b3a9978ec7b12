import { beforeEach, expect, test } from "vitest";
import { Problem } from "../problem";
import { did, forgetDeeds, presentDeeds, redoNext, undoLast } from "./deeds";

let value = 0;
const set = (to: number) => async () => {
  value = to;
};
const add = (done: string, from: number, to: number) => {
  value = to;
  did({ done, undo: set(from), redo: set(to) });
};

beforeEach(() => {
  forgetDeeds();
  value = 0;
});

test("deeds are taken back latest first, and done again in their order", async () => {
  add("one", 0, 1);
  add("two", 1, 2);
  await undoLast();
  await undoLast();
  expect([value, presentDeeds().past.length]).toEqual([0, 0]);
  await redoNext();
  expect([value, presentDeeds().said?.words]).toEqual([1, "Again: one"]);
  await redoNext();
  expect(value).toBe(2);
});

test("a new deed leaves nothing to do again", async () => {
  add("one", 0, 1);
  await undoLast();
  add("other", 0, 5);
  await redoNext();
  expect([value, presentDeeds().undone]).toEqual([5, []]);
});

test("a deed that cannot be taken back stays, and the reason is said", async () => {
  const undo = () => Promise.reject(new Problem(409, "This conflicts", "The name is taken."));
  did({ done: "Deleted", undo });
  await undoLast();
  const { past, said, busy } = presentDeeds();
  expect([past.length, said?.words, said?.trouble?.message, busy]).toEqual([
    1,
    "This conflicts",
    "The name is taken.",
    false,
  ]);
});

test("what is done while another deed is taken back is kept, and is the next to be taken back", async () => {
  let finish = () => {};
  did({ done: "first", undo: () => new Promise<void>((done) => (finish = done)) });
  const undoing = undoLast();
  add("second", 0, 2);
  finish();
  await undoing;
  expect(presentDeeds().past.map(({ done }) => done)).toEqual(["second"]);
});

test("an undo that takes its time says what is going on until it is done", async () => {
  let finish = () => {};
  did({
    done: "Deleted",
    undo: (tell) => {
      tell("Bringing back");
      return new Promise<void>((done) => {
        finish = done;
      });
    },
  });
  const undoing = undoLast();
  expect([presentDeeds().said?.words, presentDeeds().busy]).toEqual(["Bringing back", true]);
  finish();
  await undoing;
  expect([presentDeeds().said?.words, presentDeeds().busy]).toEqual(["Taken back: Deleted", false]);
});
