/**
 * Which fields stand side by side, and what each is called there: "First" and "Second" in a preference (`swapped` tells
 * which stands first), a letter in a ranking, in the order of `orders`. A field that several questions compare carries
 * every name it is asked about by; two questions of one type are told apart by their names.
 */
import type { Field, Question, Schema } from "@/features/projects";

export type Orders = Readonly<Record<string, readonly string[]>>;
export type Compared = { field: Field; title: string };
type Comparison = { question: Question; fields: readonly string[]; called: (at: number) => string | undefined };

export function comparedIn(schema: Schema, swapped: boolean, orders: Orders | undefined): readonly Compared[] {
  const comparisons = schema.questions.flatMap((question) => comparisonBy(question, swapped, orders));
  const widestFirst = comparisons.toSorted((one, other) => other.fields.length - one.fields.length);
  const names = new Set(widestFirst.flatMap((one) => one.fields));
  return [...names].flatMap((name) => {
    const field = schema.fields.find((one) => one.name === name);
    if (!field) return [];
    const called = comparisons.flatMap((one) => calledIn(one, name, comparisons));
    return { field, title: called.join(" · ") || (field.title ?? field.name) };
  });
}

/** Whether some fields are read beside each other, which takes room. */
export function isSideBySide(schema: Schema): boolean {
  return comparedIn(schema, false, undefined).length > 0;
}

function comparisonBy(question: Question, swapped: boolean, orders: Orders | undefined): Comparison[] {
  if (question.type === "preference") {
    const sides = [question.a_field, question.b_field];
    const fields = swapped ? sides.toReversed() : sides;
    return [{ question, fields, called: (at) => (at === 0 ? "First" : "Second") }];
  }
  if (question.type !== "ranking" || !question.fields) return [];
  const letter = (at: number) => (orders ? String.fromCharCode(65 + at) : undefined);
  return [{ question, fields: orders?.[question.name] ?? question.fields, called: letter }];
}

function calledIn({ question, fields, called }: Comparison, name: string, all: readonly Comparison[]): string[] {
  const at = fields.indexOf(name);
  const word = at < 0 ? undefined : called(at);
  if (word === undefined) return [];
  const hasTwin = all.some((one) => one.question !== question && one.question.type === question.type);
  return [hasTwin ? `${question.title}: ${word}` : word];
}
