import { expect, test } from "vitest";
import type { Question, Schema } from "@/features/projects";
import { comparedIn } from "./compared";

const better = { name: "better", type: "preference", title: "Better?", a_field: "a", b_field: "b" };
const order = { name: "order", type: "ranking", title: "Order", fields: ["a", "b", "c"] };

function called(questions: object[], swapped: boolean, orders?: Record<string, string[]>) {
  const fields = ["a", "b", "c"].map((name) => ({ name, type: "text", title: `Reply ${name}` }));
  const schema = { fields, questions: questions as Question[] } as unknown as Schema;
  return comparedIn(schema, swapped, orders).map(({ field, title }) => `${field.name}: ${title}`);
}

test("a preference has a first and a second side, a ranking letters in its own order", () => {
  expect(called([better], true)).toEqual(["b: First", "a: Second"]);
  expect(called([order], false, { order: ["c", "a", "b"] })).toEqual(["c: A", "a: B", "b: C"]);
  expect(called([order], false)).toEqual(["a: Reply a", "b: Reply b", "c: Reply c"]);
});

test("a field that is preferred and ranked carries both names", () => {
  const shown = called([better, order], false, { order: ["b", "c", "a"] });
  expect(shown).toEqual(["b: Second · A", "c: B", "a: First · C"]);
});

test("two preferences are told apart by their questions", () => {
  const clearer = { ...better, name: "clearer", title: "Clearer?", a_field: "b", b_field: "c" };
  expect(called([better, clearer], false)).toEqual([
    "a: Better?: First",
    "b: Better?: Second · Clearer?: First",
    "c: Clearer?: Second",
  ]);
});
