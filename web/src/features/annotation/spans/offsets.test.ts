import { describe, expect, test } from "vitest";
import { offsetsOf } from "./offsets";

const FAMILY = "👩‍👩‍👧"; // three emoji joined by two zero-width joiners: 5 code points, 8 units
const texts = {
  plain: "Maria Keller",
  emoji: "a😀b",
  "emoji first": "😀a😀😀",
  family: `x${FAMILY}y`,
  combining: "Zoë Mu\u0308ller", // ë as one character, ü as two
  flag: "🇩🇪 Berlin",
  "far plane": "𝔊oethe 𠮷野",
  empty: "",
};

/** The slow and obvious way, for comparison. */
const unitsBySlice = (text: string, points: number) => [...text].slice(0, points).join("").length;

describe.each(Object.entries(texts))("%s", (_, text) => {
  const offsets = offsetsOf(text);
  const length = [...text].length;

  test("every place goes there and back", () => {
    for (let at = 0; at <= length; at++) expect(offsets.toPoints(offsets.toUnits(at))).toBe(at);
  });
  test("agrees with counting characters one by one", () => {
    for (let at = 0; at <= length; at++) expect(offsets.toUnits(at)).toBe(unitsBySlice(text, at));
  });
  test("beyond the ends are the ends", () => {
    expect(offsets.toUnits(length + 9)).toBe(text.length);
    expect(offsets.toPoints(text.length + 9)).toBe(length);
    expect(offsets.toPoints(-3)).toBe(0);
    expect(offsets.toUnits(-3)).toBe(0);
  });
});

test("figures that Python gives", () => {
  expect(offsetsOf("a😀b").toPoints("a😀".length)).toBe(2);
  expect(offsetsOf(`x${FAMILY}y`).toPoints(`x${FAMILY}`.length)).toBe(6);
  expect(offsetsOf("Mu\u0308ller").toPoints("Mu\u0308".length)).toBe(3);
});

test("the middle of an emoji counts as before it", () => {
  expect(offsetsOf("a😀b").toPoints(2)).toBe(1);
  expect(offsetsOf("😀😀").toPoints(3)).toBe(1);
});
