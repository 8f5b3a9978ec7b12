import { expect, test } from "vitest";
import { originalsOf, rewritten, textOf } from "./rewrites";

const chat = [
  { role: "user", content: "Where is it?" },
  { role: "assistant", content: "On its way." },
  { role: "assistant", content: "Soon." },
];
const turn = (n: number, text: string) => ({ turn: n, role: "assistant", text });

test("of a chat only the turns of the roles asked for may be rewritten", () => {
  expect(originalsOf({ field: "chat", roles: ["assistant"] }, { chat })).toEqual([
    turn(1, "On its way."),
    turn(2, "Soon."),
  ]);
  expect(originalsOf({ field: "text", roles: ["assistant"] }, { text: "x" })).toEqual([
    { turn: undefined, role: undefined, text: "x" },
  ]);
  expect(originalsOf({ field: "gone", roles: ["assistant"] }, {})).toEqual([]);
});

test("parts are kept in the chat's order, and one that reads as before is none", () => {
  const second = rewritten([], turn(2, "Soon."), "Tomorrow.");
  const both = rewritten(second, turn(1, "On its way."), "With the courier.");
  expect(both).toEqual([
    { turn: 1, text: "With the courier." },
    { turn: 2, text: "Tomorrow." },
  ]);
  expect(textOf(turn(2, "Soon."), both)).toBe("Tomorrow.");
  expect(textOf(turn(2, "Soon."), [])).toBe("Soon.");
  expect(rewritten(both, turn(1, "On its way."), "On its way.")).toEqual(second);
});

test("a text has no turn", () => {
  expect(rewritten([], { turn: undefined, role: undefined, text: "a" }, "b")).toEqual([{ text: "b" }]);
});
