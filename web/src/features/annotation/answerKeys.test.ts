import { describe, expect, test } from "vitest";
import { optionKeys, ratingKeys, TAKEN } from "./answerKeys";

const options = (n: number, keys: Record<number, string> = {}) =>
  Array.from({ length: n }, (_, at) => ({ key: keys[at] ?? null }));

describe("keys of options", () => {
  test("digits first, then letters that the screen does not need", () => {
    const keys = optionKeys(options(14));
    expect(keys.slice(0, 10)).toEqual([..."1234567890"]);
    expect(keys.slice(10).every((key) => key !== undefined && !TAKEN.includes(key))).toBe(true);
    expect(new Set(keys).size).toBe(14);
  });
  test("a key of the schema's own is kept, and nobody else gets it", () => {
    expect(optionKeys(options(3, { 1: "1" }))).toEqual(["2", "1", "3"]);
    expect(optionKeys(options(2, { 0: "p" }))).toEqual(["p", "1"]);
  });
  test("a key that the screen needs, or that another option has, is replaced", () => {
    expect(optionKeys(options(2, { 0: "s" }))).toEqual(["1", "2"]);
    expect(optionKeys(options(2, { 0: "p", 1: "p" }))).toEqual(["p", "1"]);
  });
  test("a letter that something nearby needs is left to it", () => {
    expect(optionKeys(options(2, { 0: "n" }), "n")).toEqual(["1", "2"]);
    expect(optionKeys(options(40), "n")).not.toContain("n");
  });
  test("beyond the keyboard there is no key", () => {
    expect(optionKeys(options(60)).at(-1)).toBeUndefined();
  });
});

describe("keys of a rating", () => {
  test("its own digit where it has one", () => {
    expect([...ratingKeys({ min: 0, max: 4 })]).toEqual([0, 1, 2, 3, 4].map((n) => [n, String(n)]));
  });
  test("ten is 0", () => {
    expect(ratingKeys({ min: 1, max: 10 }).get(10)).toBe("0");
  });
  test("its place on scales that digits cannot say", () => {
    expect([...ratingKeys({ min: -2, max: 2 })]).toEqual([
      [-2, "1"],
      [-1, "2"],
      [0, "3"],
      [1, "4"],
      [2, "5"],
    ]);
  });
});
