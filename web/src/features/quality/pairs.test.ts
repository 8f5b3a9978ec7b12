import { expect, test } from "vitest";
import type { PairAgreement } from "./api/agreement";
import { squareOf } from "./pairs";

const kappa = {
  value: 0.5,
  low: 0.4,
  high: 0.6,
  confidence: 0.95,
  method: "",
  n_items: 9,
  n_annotators: 2,
  n_ratings: 18,
};
const pair = (a: number, b: number): PairAgreement => ({
  a: { id: a, name: `P${a}` },
  b: { id: b, name: `P${b}` },
  kappa,
});

test("a pair is found from either side, and people stand by name", () => {
  const square = squareOf([pair(2, 1), pair(3, 1)]);
  expect(square.people.map((person) => person.name)).toEqual(["P1", "P2", "P3"]);
  expect(square.pairOf(1, 2)).toBe(square.pairOf(2, 1));
  expect(square.pairOf(2, 3)).toBeUndefined();
});
