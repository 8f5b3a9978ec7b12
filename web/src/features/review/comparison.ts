/** Opinions side by side: what each annotator said to each question, and where they part. */
import type { Field, Question } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import type { Case } from "./api/cases";

/** One thing said; `shared` when everybody who answered said it. */
export type Said = { text: string; shared: boolean };
export type Row = {
  question: Question;
  agreed: boolean;
  /** In the order of the opinions. */
  cells: ReadonlyArray<readonly Said[]>;
  tally: ReadonlyArray<{ text: string; n: number }>;
};

type Opinions = ReadonlyArray<{ answers: Readonly<Record<string, unknown>> }>;

export function comparisonOf(
  questions: readonly Question[],
  fields: readonly Field[],
  opinions: Opinions,
): readonly Row[] {
  return questions.map((question) => {
    const values = opinions.map((opinion) => opinion.answers[question.name]);
    const texts = values.map((value) => textsOf(question, value, fields));
    const answered = texts.filter((one) => one.length > 0);
    const shared = (text: string) => answered.every((one) => one.includes(text));
    const cells = texts.map((one) => one.map((text) => ({ text, shared: shared(text) })));
    return { question, cells, agreed: cells.every((cell) => cell.every((said) => said.shared)), tally: tallyOf(texts) };
  });
}

/** Several labels are several things said; everything else is one. */
function textsOf(question: Question, value: unknown, fields: readonly Field[]): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  if (question.type === "multi_label" && Array.isArray(value) && value.length > 0)
    return value.map((one) => answerInWords(question, [one], fields));
  return [answerInWords(question, value, fields)];
}

function tallyOf(texts: ReadonlyArray<readonly string[]>): Row["tally"] {
  const counts = new Map<string, number>();
  for (const text of texts.flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, n]) => ({ text, n })).sort((a, b) => b.n - a.n || a.text.localeCompare(b.text));
}

/** Where the expert begins: what annotators agree on is filled in, the rest is theirs to say. */
export function startingAnswers({ decision, outcomes }: Pick<Case, "decision" | "outcomes">): Record<string, unknown> {
  if (decision) return decision.answers;
  const agreed = outcomes.filter((outcome) => outcome.agreed && outcome.value !== null && outcome.value !== undefined);
  return Object.fromEntries(agreed.map((outcome) => [outcome.question, outcome.value]));
}

/** The first question to look at: the first that is disputed, else the first. */
export function firstDisputed(questions: readonly Question[], { outcomes }: Pick<Case, "outcomes">): string {
  const agreed = new Set(outcomes.filter((outcome) => outcome.agreed).map((outcome) => outcome.question));
  return (questions.find((question) => !agreed.has(question.name)) ?? questions[0])?.name ?? "";
}
