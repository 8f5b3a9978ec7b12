/** Opinions side by side: what each annotator said to each question, and where they part. */

import type { Elsewhere } from "@/features/annotation";
import { keyOf } from "@/features/annotation/spans/spans";
import type { Field, Question } from "@/features/projects";
import { answerInWords, spanInWords } from "@/features/projects/answerWords";
import type { Case } from "./api/cases";

/** One thing said; `shared` when everybody who answered said it. `span` is the passage it speaks of, if any. */
export type Said = { text: string; shared: boolean; span?: Span };
export type Row = {
  question: Question;
  agreed: boolean;
  /** In the order of the opinions. */
  cells: ReadonlyArray<readonly Said[]>;
  tally: ReadonlyArray<{ text: string; n: number }>;
};

type Span = Elsewhere["span"];
type Answered = { [name: string]: unknown };
type Record = Readonly<Answered>;
type Opinions = ReadonlyArray<{ answers: Record }>;

export function comparisonOf(
  questions: readonly Question[],
  fields: readonly Field[],
  opinions: Opinions,
  record?: Record,
): readonly Row[] {
  return questions.map((question) => {
    const values = opinions.map((opinion) => opinion.answers[question.name]);
    const texts = values.map((value) => textsOf(question, value, fields, record));
    const answered = texts.filter((one) => one.length > 0);
    const shared = (text: string) => answered.every((one) => one.includes(text));
    const cells = texts.map((one, column) =>
      one.map((text, at) => ({ text, shared: shared(text), ...spanIn(question, values[column], at) })),
    );
    return { question, cells, agreed: cells.every((cell) => cell.every((said) => said.shared)), tally: tallyOf(texts) };
  });
}

/** Several labels or passages are several things said; everything else is one. */
function textsOf(question: Question, value: unknown, fields: readonly Field[], record?: Record): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  if (question.type === "multi_label" && Array.isArray(value) && value.length > 0)
    return value.map((one) => answerInWords(question, [one], fields));
  if (question.type === "span" && Array.isArray(value) && value.length > 0)
    return value.map((one) => spanInWords(question, one, record));
  return [answerInWords(question, value, fields, record)];
}

function spanIn(question: Question, value: unknown, at: number): { span?: Span } {
  const span = question.type === "span" && Array.isArray(value) ? (value[at] as Span | undefined) : undefined;
  return span ? { span } : {};
}

/** For each span question, every passage that anybody marked and how many did; without those in `decided`. */
export function elsewhereOf(
  questions: readonly Question[],
  opinions: Opinions,
  decided: Readonly<{ [name: string]: unknown }>,
): { [name: string]: readonly Elsewhere[] } {
  const asked = questions.filter((question) => question.type === "span");
  return Object.fromEntries(asked.map(({ name }) => [name, passagesOf(name, opinions, decided[name])]));
}

function passagesOf(name: string, opinions: Opinions, decided: unknown): readonly Elsewhere[] {
  const own = new Set(spansOf(decided).map(keyOf));
  const found = new Map<string, { span: Span; n: number }>();
  for (const span of opinions.flatMap((opinion) => spansOf(opinion.answers[name]))) {
    const before = found.get(keyOf(span));
    found.set(keyOf(span), { span: before?.span ?? span, n: (before?.n ?? 0) + 1 });
  }
  const open = [...found].filter(([key]) => !own.has(key));
  return open.map(([, { span, n }]) => ({ span, behind: `${n} of ${opinions.length}` }));
}

function spansOf(value: unknown): readonly Span[] {
  return Array.isArray(value) ? (value as Span[]) : [];
}

function tallyOf(texts: ReadonlyArray<readonly string[]>): Row["tally"] {
  const counts = new Map<string, number>();
  for (const text of texts.flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, n]) => ({ text, n })).sort((a, b) => b.n - a.n || a.text.localeCompare(b.text));
}

/**
 * Where the expert begins: with the answer that stands to be accepted; else with what annotators agree on, and of
 * passages with those that most marked. One person's text among several is nobody's agreement: it is left open.
 */
export function startingAnswers(
  questions: readonly Question[],
  { decision, proposed, outcomes }: Pick<Case, "decision" | "proposed" | "outcomes">,
): Answered {
  if (decision ?? proposed) return decision?.answers ?? proposed ?? {};
  const marks = new Set(questions.filter((question) => question.type === "span").map((question) => question.name));
  const agreed = outcomes.filter(({ agreed, kept, question, value }) =>
    marks.has(question)
      ? spansOf(value).length > 0 || agreed
      : agreed && !kept && value !== null && value !== undefined,
  );
  return Object.fromEntries(agreed.map((outcome) => [outcome.question, outcome.value]));
}

/** Whether two answers say the same to every question. */
export function sameAnswers(one: Readonly<Answered>, other: Readonly<Answered>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => JSON.stringify(one[name] ?? null) === JSON.stringify(other[name] ?? null));
}

/** The first question to look at: the first that is disputed, else the first. */
export function firstDisputed(questions: readonly Question[], { outcomes }: Pick<Case, "outcomes">): string {
  const agreed = new Set(
    outcomes.filter((outcome) => outcome.agreed && !outcome.kept).map((outcome) => outcome.question),
  );
  return (questions.find((question) => !agreed.has(question.name)) ?? questions[0])?.name ?? "";
}
