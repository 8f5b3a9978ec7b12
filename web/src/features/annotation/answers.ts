/** What it means to have answered: one question, all of them, and which comes next. */
import { plural } from "@/lib/format";
import { askedOf } from "./conditions";
import type { Answers, AnswerValue, Groups, Preference, Question, QuestionOf, Rewrite, Span } from "./shapes";

/** Leaves the question without an answer when `value` is undefined. */
export function withAnswer(answers: Answers, name: string, value: AnswerValue | undefined): Answers {
  const { [name]: _, ...rest } = answers;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function isAnswered(question: Question, value: AnswerValue | undefined): boolean {
  if (value === undefined) return false;
  if (question.type === "text") return typeof value === "string" && value.trim() !== "";
  if (question.type === "multi_label") return chosenOf(value).length >= (question.min_choices ?? 0);
  if (question.type === "span") return spansOf(value).length >= question.min_spans;
  if (question.type === "ranking") return groupsOf(value).flat().length === candidatesOf(question).length;
  if (question.type === "edit") return rewritesOf(value).every((part) => part.text.trim() !== "");
  return true;
}

/** The first required question still open; where somebody has to go before they can submit. */
export function firstMissing(questions: readonly Question[], answers: Answers): Question | undefined {
  return askedOf(questions, answers).find((question) => isMissing(question, answers));
}

function isMissing(question: Question, answers: Answers): boolean {
  return question.required && !isAnswered(question, answers[question.name]);
}

/** Where to go after `at`: the next open required question, from there around; `at` itself when nothing is open. */
export function nextOpen(questions: readonly Question[], answers: Answers, at: string): string {
  const asked = askedOf(questions, answers);
  const from = asked.findIndex((question) => question.name === at) + 1;
  const around = [...asked.slice(from), ...asked.slice(0, from)];
  return around.find((question) => isMissing(question, answers))?.name ?? at;
}

/** Ticking nothing, or marking nothing, is an answer too. It becomes one when somebody confirms it. */
export function confirmed(question: Question, answers: Answers): Answers {
  const canBeEmpty =
    (question.type === "multi_label" && !question.min_choices) || (question.type === "span" && !question.min_spans);
  return canBeEmpty && answers[question.name] === undefined ? withAnswer(answers, question.name, []) : answers;
}

/** Answers as the server wants them: no empty texts, and nothing to questions that are not asked. */
export function forSending(questions: readonly Question[], answers: Answers): Answers {
  const filled = askedOf(questions, answers).filter((question) => isAnswered(question, answers[question.name]));
  return Object.fromEntries(filled.map((question) => [question.name, answers[question.name] as AnswerValue]));
}

export function chosenOf(value: AnswerValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function spansOf(value: AnswerValue | undefined): readonly Span[] {
  return Array.isArray(value) ? (value as readonly Span[]) : [];
}

export function groupsOf(value: AnswerValue | undefined): Groups {
  return Array.isArray(value) ? (value as Groups) : [];
}

export function rewritesOf(value: AnswerValue | undefined): readonly Rewrite[] {
  return Array.isArray(value) ? (value as readonly Rewrite[]) : [];
}

export function candidatesOf(question: QuestionOf<"ranking">): readonly string[] {
  return question.fields ?? question.options?.map((option) => option.value) ?? [];
}

/** Ticks or unticks one option; keeps the schema's order; does nothing beyond the most that may be chosen. */
export function toggled(question: QuestionOf<"multi_label">, value: AnswerValue | undefined, option: string): string[] {
  const chosen = new Set(chosenOf(value));
  if (!chosen.delete(option)) {
    if (question.max_choices && chosen.size >= question.max_choices) return [...chosenOf(value)];
    chosen.add(option);
  }
  return question.options.map((o) => o.value).filter((v) => chosen.has(v));
}

export function preferenceOf(value: AnswerValue | undefined): Preference | undefined {
  return typeof value === "object" && "choice" in value ? (value as Preference) : undefined;
}

/** An answer in a few words, as a step of the form shows it. */
export function inWords(question: Question, value: AnswerValue | undefined, swapped: boolean): string {
  if (value === undefined) return "";
  if (question.type === "label") return titleOf(question, String(value));
  if (question.type === "multi_label") return listOf(chosenOf(value).map((v) => titleOf(question, v)));
  if (question.type === "preference") return preferenceInWords(preferenceOf(value), swapped);
  if (question.type === "span") return plural(spansOf(value).length, "passage");
  if (question.type === "ranking") return placesInWords(question, groupsOf(value));
  if (question.type === "edit") return rewritesOf(value).length > 0 ? "Rewritten" : "Nothing to change";
  return String(value);
}

function preferenceInWords(preference: Preference | undefined, swapped: boolean): string {
  if (!preference) return "";
  if (preference.choice === "tie") return "Tie";
  if (preference.choice === "both_bad") return "Both bad";
  return (preference.choice === "a") === swapped ? "Second" : "First";
}

function placesInWords(question: QuestionOf<"ranking">, groups: Groups): string {
  const placed = groups.flat().length;
  return `${placed} of ${candidatesOf(question).length} placed`;
}

function titleOf(question: QuestionOf<"label"> | QuestionOf<"multi_label">, value: string): string {
  return question.options.find((option) => option.value === value)?.title ?? value;
}

function listOf(titles: readonly string[]): string {
  if (titles.length === 0) return "None";
  return titles.length > 2 ? `${titles[0]} and ${titles.length - 1} more` : titles.join(", ");
}

/** "personal_data" → "Personal data". */
export function shortTitle(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
