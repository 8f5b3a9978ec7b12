/** An answer as people say it, whole: titles instead of values, fields instead of sides. */
import type { Field, Question } from "./queries";

const STRENGTHS: Record<number, readonly string[]> = {
  2: ["slightly better", "clearly better"],
  3: ["slightly better", "better", "much better"],
  4: ["barely better", "slightly better", "better", "much better"],
};

/** `record` holds the texts that passages are quoted from; without it they are told by their places. */
export function answerInWords(
  question: Question | undefined,
  value: unknown,
  fields: readonly Field[] = [],
  record?: Readonly<Record<string, unknown>>,
): string {
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
    case "span":
      return partsInWords(value, (part) => spanInWords(question, part as SpanPart, record));
    case "ranking":
      return Array.isArray(value) ? orderInWords(question, value, fields) : plain(value);
    case "edit":
      return Array.isArray(value) && value.length === 0 ? "Nothing to change" : partsInWords(value, rewriteInWords);
    default:
      return plain(value);
  }
}

type SpanPart = { field: string; turn?: number; start: number; end: number; label: string };

/** "Person “Maria”", or its place where the text is not at hand. */
export function spanInWords(
  question: Extract<Question, { type: "span" }>,
  span: SpanPart,
  record?: Readonly<Record<string, unknown>>,
): string {
  const text = record && textAt(record[span.field], span.turn);
  const quoted =
    text === undefined ? `${span.start}–${span.end}` : `“${[...text].slice(span.start, span.end).join("")}”`;
  return `${titleOf(question.options, span.label)} ${quoted}`;
}

function textAt(content: unknown, turn: number | undefined): string | undefined {
  if (turn === undefined) return typeof content === "string" ? content : undefined;
  const message = Array.isArray(content) ? (content[turn] as { content?: unknown } | undefined) : undefined;
  return typeof message?.content === "string" ? message.content : undefined;
}

/** "Reply B > Reply A = Reply C", best first. */
function orderInWords(
  question: Extract<Question, { type: "ranking" }>,
  groups: readonly unknown[],
  fields: readonly Field[],
): string {
  const name = (one: unknown) =>
    question.fields
      ? (fields.find((field) => field.name === one)?.title ?? plain(one))
      : titleOf(question.options ?? [], one);
  return groups.map((group) => (Array.isArray(group) ? group : [group]).map(name).join(" = ")).join(" > ");
}

function rewriteInWords(part: unknown): string {
  const { turn, text } = part as { turn?: number; text?: string };
  return turn === undefined ? plain(text) : `Turn ${turn + 1}: ${text}`;
}

function partsInWords(value: unknown, words: (part: unknown) => string): string {
  if (!Array.isArray(value)) return plain(value);
  return value.length > 0 ? value.map(words).join(" · ") : "None";
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
