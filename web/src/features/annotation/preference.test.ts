import { describe, expect, test } from "vitest";
import { answerAt, candidateOn, isAt, type Place, placesOf, sideOf, stepTowards } from "./preference";
import type { Preference } from "./shapes";

const places = placesOf({ strengths: 3 });

describe("sides and candidates", () => {
  test("what people choose by side is sent by candidate", () => {
    expect(candidateOn("first", false)).toBe("a");
    expect(candidateOn("first", true)).toBe("b");
  });
  test("there and back is the same, swapped or not", () => {
    for (const swapped of [false, true])
      for (const choice of ["a", "b"] as const) expect(candidateOn(sideOf(choice, swapped), swapped)).toBe(choice);
  });
});

describe("the scale", () => {
  test("goes from the far first to the far second side", () => {
    expect(places.map((p) => [p.side, p.strength])).toEqual([
      ["first", 3],
      ["first", 2],
      ["first", 1],
      ["second", 1],
      ["second", 2],
      ["second", 3],
    ]);
  });
  test("without strengths there is one place a side, and no strength is sent", () => {
    for (const strengths of [0, 1]) {
      const pair = placesOf({ strengths });
      expect(pair).toHaveLength(2);
      expect(answerAt(pair[0] as Place, true)).toEqual({ choice: "b" });
    }
  });
  test("each place knows its answer again", () => {
    for (const swapped of [false, true])
      for (const place of places)
        expect(places.filter((p) => isAt(p, answerAt(place, swapped), swapped))).toEqual([place]);
  });
});

describe("arrows", () => {
  const press = (sides: string, swapped = false) =>
    [...sides].reduce<Preference | undefined>(
      (answer, key) => stepTowards(key === "<" ? "first" : "second", answer, places, swapped),
      undefined,
    );
  test("begin next to the middle and go outwards", () => {
    expect(press("<")).toEqual({ choice: "a", strength: 1 });
    expect(press("<<")).toEqual({ choice: "a", strength: 2 });
    expect(press("<<<<<")).toEqual({ choice: "a", strength: 3 });
    expect(press(">>", true)).toEqual({ choice: "a", strength: 2 });
  });
  test("go back across the middle", () => {
    expect(press("<<>")).toEqual({ choice: "a", strength: 1 });
    expect(press("<<>>")).toEqual({ choice: "b", strength: 1 });
  });
  test("begin anew after a tie", () => {
    expect(stepTowards("second", { choice: "tie" }, places, false)).toEqual({ choice: "b", strength: 1 });
  });
});
