import { expect, test } from "vitest";
import type { Estimate } from "./api/agreement";
import { coefficient, shareOf, verdictOf } from "./words";

const estimate = (value: number | null, low: number | null, high: number | null, n_items = 50): Estimate => ({
  value,
  low,
  high,
  n_items,
  n_annotators: 3,
  n_ratings: 150,
  confidence: 0.95,
  method: "bootstrap over items",
});

test("the interval decides what is reliable, not the number alone", () => {
  expect(verdictOf(estimate(0.9, 0.85, 0.95)).title).toBe("Reliable");
  expect(verdictOf(estimate(0.82, 0.7, 0.9)).title).toBe("Probably reliable");
  expect(verdictOf(estimate(0.7, 0.6, 0.8)).title).toBe("Tentative");
  expect(verdictOf(estimate(0.5, 0.3, 0.6)).title).toBe("Weak");
  expect(verdictOf(estimate(0.1, -0.1, 0.3)).title).toBe("No better than chance");
});

test("an undefined value says why it is", () => {
  expect(verdictOf(estimate(null, null, null, 0)).text).toContain("two people");
  expect(verdictOf(estimate(null, null, null, 12)).text).toContain("same answer");
});

test("a number never stands without its interval where there is one", () => {
  expect(coefficient(estimate(-0.1, -0.25, 0.05))).toBe("−0.10 (−0.25 to 0.05)");
  expect(coefficient(estimate(null, null, null))).toBe("–");
  expect(shareOf(estimate(0.734, 0.68, 0.78))).toBe("73% (68% to 78%)");
});
