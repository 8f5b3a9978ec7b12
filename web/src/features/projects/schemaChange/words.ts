/** What a schema version changed, said in words: first what happened to names that answers hold, then all the rest. */
import { plural } from "@/lib/format";
import type { Question, Schema } from "../queries";
import type { Change } from "../schemaDraft/changes";
import { optionsIn } from "../schemaDraft/draft";

type Content = Pick<Schema, "fields" | "questions">;

/** Everything that differs between a version and the one it was made from, one sentence each. */
export function differences(before: Content, after: Content, changes: readonly Change[]): readonly string[] {
  return [
    ...changes.map((change) => changeInWords(change, before, after, changes)),
    ...restInWords(before, after, changes),
  ];
}

export function changeInWords(change: Change, before: Content, after: Content, all: readonly Change[]): string {
  const old = before.questions.find((one) => one.name === change.question);
  const now = after.questions.find((one) => one.name === nameNow(change.question, all, after));
  const place = `In “${old?.title ?? change.question}”`;
  const was = (value: string) => `“${titleOf(old, value)}”`;
  const is = (value: string) => `“${titleOf(now ?? old, value)}”`;
  switch (change.op) {
    case "rename_question":
      return `The question “${old?.title ?? change.question}” is called ${change.to} in the data.`;
    case "remove_question":
      return `The question “${old?.title ?? change.question}” is asked no longer.`;
    case "rename_label":
      return titleOf(old, change.label) === titleOf(now, change.to)
        ? `${place}, ${was(change.label)} is called ${change.to} in the data.`
        : `${place}, ${was(change.label)} becomes ${is(change.to)}.`;
    case "merge_labels":
      return `${place}, ${listed(change.labels.map(was))} become one: ${is(change.into)}.`;
    case "split_label":
      return `${place}, ${was(change.label)} is split into ${listed(change.into.map(is))}.`;
    case "remove_label":
      return `${place}, ${was(change.label)} can be chosen no longer.`;
  }
}

/** What a change does to the answers that hold what it speaks of. */
export function consequence(change: Change, answers: number): string {
  if (answers === 0) return "no answer holds it";
  const n = plural(answers, "answer");
  switch (change.op) {
    case "rename_question":
    case "rename_label":
      return `${n} ${answers === 1 ? "reads" : "read"} so from now on`;
    case "merge_labels":
      return `${n} ${answers === 1 ? "becomes" : "become"} this one`;
    case "remove_question":
      return `${n} ${answers === 1 ? "keeps" : "keep"} only the rest`;
    case "split_label":
    case "remove_label":
      return `${n} to be given again`;
  }
}

/** What no name tells: new questions, options and fields, other words, other limits. */
export function restInWords(before: Content, after: Content, changes: readonly Change[]): readonly string[] {
  const fields = after.fields.filter((field) => !before.fields.some((one) => one.name === field.name));
  const old = new Map(before.questions.map((one) => [nameNow(one.name, changes, after), one]));
  return [
    ...fields.map((field) => `Records may carry a new field, “${field.title || field.name}”.`),
    ...after.questions.flatMap((question) => {
      const was = old.get(question.name);
      return was ? changed(was, question, changes) : [added(question)];
    }),
    ...(isReordered(before, after, old) ? ["The questions come in another order."] : []),
  ];
}

function added(question: Question): string {
  const must = question.required && !question.when ? "It must be answered." : "It may be left open.";
  return `“${question.title}” is a new question. ${must}`;
}

function changed(was: Question, now: Question, changes: readonly Change[]): string[] {
  const place = `“${now.title}”`;
  const say = (differs: boolean, words: string): string[] => (differs ? [words] : []);
  return [
    ...say(was.title !== now.title, `“${was.title}” is now asked as ${place}.`),
    ...newOptions(was, now, changes),
    ...say(was.required !== now.required, now.required ? `${place} must be answered.` : `${place} may be left open.`),
    ...say(!same(was.when, now.when), now.when ? `When ${place} is asked has changed.` : `${place} is always asked.`),
    ...say((was.help || "") !== (now.help || ""), `The help of ${place} has changed.`),
    ...say(
      (was.allow_note ?? false) !== (now.allow_note ?? false),
      now.allow_note ? `${place} may carry a note.` : `${place} carries no note any more.`,
    ),
    ...say(!same(limitsOf(was), limitsOf(now)), `What may be answered to ${place} has other limits.`),
  ];
}

function newOptions(was: Question, now: Question, changes: readonly Change[]): string[] {
  const about = changes.filter((change) => change.question === was.name);
  const made = new Set(about.flatMap(madeBy));
  const known = new Set(optionsIn(was).map((option) => option.value));
  const fresh = optionsIn(now).filter(({ value }) => !known.has(value) && !made.has(value));
  const titles = fresh.map((option) => `“${option.title || option.value}”`);
  const retitled = optionsIn(now).filter((option) => {
    const before = optionsIn(was).find((one) => one.value === option.value);
    return before && !made.has(option.value) && (before.title || before.value) !== (option.title || option.value);
  });
  return [
    ...(titles.length > 0 ? [`In “${now.title}”, ${listed(titles)} can be chosen too.`] : []),
    ...retitled.map(
      (option) => `In “${now.title}”, “${titleOf(was, option.value)}” is now called “${option.title || option.value}”.`,
    ),
  ];
}

/** The values that a change brings about. */
function madeBy(change: Change): readonly string[] {
  if ("into" in change) return typeof change.into === "string" ? [change.into] : change.into;
  return change.op === "rename_label" ? [change.to] : [];
}

const WORDS = new Set([
  "name",
  "title",
  "help",
  "required",
  "allow_note",
  "when",
  "options",
  "low_title",
  "high_title",
]);

function limitsOf(question: Question): Record<string, unknown> {
  const limits = Object.entries(question).filter(([name, value]) => !WORDS.has(name) && value != null);
  return Object.fromEntries(limits.sort(([a], [b]) => a.localeCompare(b)));
}

function isReordered(before: Content, after: Content, old: ReadonlyMap<string, Question>): boolean {
  const kept = after.questions.map((one) => old.get(one.name)?.name).filter(Boolean);
  const was = before.questions.map((one) => one.name).filter((name) => kept.includes(name));
  return !same(kept, was);
}

function nameNow(name: string, changes: readonly Change[], after: Content): string {
  for (const change of changes) {
    if (change.question !== name) continue;
    if (change.op === "rename_question") return change.to;
    if (change.op === "remove_question") return "";
  }
  return after.questions.some((one) => one.name === name) ? name : "";
}

function titleOf(question: Question | undefined, value: string): string {
  return (question && optionsIn(question).find((option) => option.value === value)?.title) || value;
}

/** "a", "a and b", "a, b and c". */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
