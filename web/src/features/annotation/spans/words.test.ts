import { describe, expect, test } from "vitest";
import { extended, nudged, type Selected, stepped, trimmed, wordAt, wordTouched } from "./words";

const text = "Dr. Maria Keller-Voss lives in Zu\u0308rich 👩‍👩‍👧, near “Bellevue”.";
const said = (one: Selected | undefined) =>
  one && text.slice(Math.min(one.anchor, one.focus), Math.max(one.anchor, one.focus));
const none: Selected = { anchor: 0, focus: 0 };
const walk = (from: Selected, ...steps: ReadonlyArray<(at: Selected) => Selected | undefined>) =>
  steps.reduce<Selected>((at, step) => step(at) ?? at, from);
const right = (at: Selected) => stepped(text, at, 1);
const left = (at: Selected) => stepped(text, at, -1);
const more = (at: Selected) => extended(text, at, 1);
const less = (at: Selected) => extended(text, at, -1);

describe("a step", () => {
  test("goes from word to word, over punctuation and emoji", () => {
    const seen: (string | undefined)[] = [];
    for (let at: Selected | undefined = right(none); at; at = right(at)) seen.push(said(at));
    expect(seen.slice(0, 3)).toEqual(["Dr", "Maria", "Keller"]);
    expect(seen.slice(-3)).toEqual(["Zürich".normalize("NFD"), "near", "Bellevue"]);
  });
  test("back leads where it came from, and ends at the first word", () => {
    expect(said(walk(none, right, right, right, left))).toBe("Maria");
    expect(left(walk(none, right))).toBeUndefined();
  });
  test("finds a word far away", () => {
    const far = `one${" . ".repeat(900)}two`;
    const found = stepped(far, { anchor: 0, focus: 3 }, 1);
    expect(far.slice(found?.anchor, found?.focus)).toBe("two");
    expect(stepped(far, found ?? none, -1)).toEqual({ anchor: 0, focus: 3 });
  });
});

describe("an extension", () => {
  test("takes a word more and gives it back", () => {
    const two = walk(none, right, right, more);
    expect(said(two)).toBe("Maria Keller");
    expect(said(less(two))).toBe("Maria");
    expect(said(walk(two, less, less))).toBe("Maria"); // never to nothing
  });
  test("goes to the left from a selection that was made to the left", () => {
    const back: Selected = { anchor: 16, focus: 10 };
    expect(said(back)).toBe("Keller");
    expect(said(less(back))).toBe("Maria Keller");
    expect(said(more(less(back)))).toBe("Keller");
  });
});

describe("a nudge", () => {
  test("moves either end by one character as people see it", () => {
    const zurich = text.indexOf("Zu");
    const city = { anchor: zurich, focus: zurich + 7 };
    expect(said(nudged(text, city, "end", -1))).toBe("Zu\u0308ric");
    expect(said(walk(city, ...Array.from({ length: 5 }, () => (at: Selected) => nudged(text, at, "end", -1))))).toBe(
      "Z",
    );
    expect(said(nudged(text, { anchor: zurich, focus: zurich + 8 }, "end", 1))).toBe("Zu\u0308rich 👩‍👩‍👧");
  });
  test("never leaves nothing selected", () => {
    expect(nudged(text, { anchor: 0, focus: 1 }, "start", 1)).toEqual({ anchor: 0, focus: 1 });
  });
});

test("white space at the ends is no part of a passage", () => {
  expect(said(trimmed(text, { anchor: 3, focus: 10 }))).toBe("Maria");
  expect(trimmed("a  b", { anchor: 1, focus: 3 })).toBeUndefined();
});

test("the word at a place, the next one, or the last", () => {
  expect(said(wordAt(text, 6))).toBe("Maria");
  expect(said(wordAt(text, 3))).toBe("Maria");
  expect(said(wordAt(text, text.length))).toBe("Bellevue");
  expect(wordAt("…", 0)).toBeUndefined();
});

test("a finger touches the word it lies on, up to its end, and nothing between words", () => {
  expect(said(wordTouched(text, 5))).toBe("Maria");
  expect(said(wordTouched(text, 9))).toBe("Maria");
  expect(said(wordTouched(text, 10))).toBe("Keller");
  expect(wordTouched("one  , two", 4)).toBeUndefined();
});
