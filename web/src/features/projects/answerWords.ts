/** An answer as people say it, whole: titles instead of values, fields instead of sides. */
import type { Field, Question } from "./queries";

const STRENGTHS: Record<number, readonly string[]> = {
  2: ["slightly better", "clearly better"],
  3: ["slightly better", "better", "much better"],
  4: ["barely better", "slightly better", "better", "much better"],
};

export function answerInWords(question: Question | undefined, value: unknown, fields: readonly Field[] = []): string {
  if (value === undefined || value === null || value === "") return "–";
  if (!question) return plain(value);
  switch (question.type) {
    case "label":
      return titleOf(question.options, value);
    case "multi_label":
      return Array.isArray(value) && value.length > 0
        ? value.map((one) => titleOf(question.options, one)).join(", ")
        : "None";
    case "preference":
      return preferenceInWords(question, value, fields);
    default:
      return plain(value);
  }
}

/** A key of a tally (a value written as text) as people say it. */
export function tallyKeyInWords(question: Question | undefined, key: string, fields: readonly Field[] = []): string {
  return answerInWords(question, parsed(question, key), fields);
}

type Option = { value: string; title?: string | null };

function titleOf(options: readonly Option[], value: unknown): string {
  return options.find((option) => option.value === value)?.title ?? plain(value);
}

function preferenceInWords(
  question: Extract<Question, { type: "preference" }>,
  value: unknown,
  fields: readonly Field[],
): string {
  const { choice, strength } =
    typeof value === "object" ? (value as { choice?: string; strength?: number }) : { choice: plain(value) };
  if (choice === "tie") return "Tie";
  if (choice === "both_bad") return "Both bad";
  const name = choice === "a" ? question.a_field : question.b_field;
  const title = fields.find((field) => field.name === name)?.title ?? name;
  const how = strength && STRENGTHS[question.strengths ?? 3]?.[strength - 1];
  return how ? `${title}, ${how}` : title;
}

function parsed(question: Question | undefined, key: string): unknown {
  if (question?.type !== "multi_label" && question?.type !== "preference" && question?.type !== "rating") return key;
  try {
    return JSON.parse(key);
  } catch {
    return key;
  }
}

function plain(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
