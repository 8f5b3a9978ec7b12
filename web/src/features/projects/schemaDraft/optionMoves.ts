/** What becomes of options that answers hold: several become one, one becomes several, one removed comes back. */
import type { Question } from "../queries";
import { type Draft, type DraftOption, type DraftQuestion, type Option, optionDraftOf, questionDraftOf } from "./draft";
import { free, nameFrom } from "./naming";

export type OptionMove =
  | { do: "merge options"; id: number; ids: readonly number[]; title: string }
  | { do: "split option"; id: number; titles: readonly string[] }
  | { do: "put back option"; id: number; option: Option }
  | { do: "put back question"; question: Question };

export function withOptionMoved(draft: Draft, move: OptionMove): Draft {
  switch (move.do) {
    case "merge options":
      return merged(draft, move);
    case "split option":
      return split(draft, move);
    case "put back option":
      return putBack(draft, move);
    case "put back question": {
      let next = draft.nextId;
      const question = questionDraftOf(move.question, true, () => next++);
      return { ...draft, questions: [...draft.questions, question], nextId: next };
    }
  }
}

/** A part of a split has no answers of its own yet, and what is merged cannot be told apart: neither moves once more. */
export function canMerge(option: DraftOption): boolean {
  return option.partOf === "";
}

export function canSplit(option: DraftOption): boolean {
  return option.partOf === "" && option.was.length < 2;
}

/** Questions that are asked after some answers to `name` follow those answers to their new values. */
export function withAnswersFollowed(draft: Draft, name: string, became: ReadonlyMap<string, readonly string[]>): Draft {
  const follow = (one: DraftQuestion): DraftQuestion => {
    if (one.when.question !== name) return one;
    const any_of = one.when.any_of.flatMap((value): ReadonlyArray<string | number> => {
      return became.get(String(value)) ?? [value];
    });
    return { ...one, when: { ...one.when, any_of: [...new Set(any_of)] } };
  };
  return { ...draft, questions: draft.questions.map(follow) };
}

function merged(draft: Draft, { id, ids, title }: Extract<OptionMove, { do: "merge options" }>): Draft {
  const question = draft.questions.find((one) => one.id === id);
  const sources = question?.options.filter((option) => ids.includes(option.id) && canMerge(option)) ?? [];
  const [first] = sources;
  if (!question || !first || sources.length < 2) return draft;
  const others = question.options.filter((option) => !sources.includes(option));
  const known = sources.find((option) => option.title === title.trim());
  const value = known?.value ?? free(nameFrom(title) || title.trim(), valuesOf(others));
  const gone = new Set(sources.map((option) => option.value));
  const one: DraftOption = {
    ...(known ?? first),
    id: draft.nextId,
    value,
    title: title.trim(),
    parent: gone.has(first.parent) ? "" : first.parent,
    named: known !== undefined,
    was: sources.flatMap((option) => option.was),
  };
  const options = question.options
    .filter((option) => option === first || !sources.includes(option))
    .map((option) => (option === first ? one : option))
    .map((option) => (option !== one && gone.has(option.parent) ? { ...option, parent: value } : option));
  const became = new Map([...gone].map((each) => [each, [value]]));
  return withAnswersFollowed(withOptionsOf(draft, id, options, 1), question.name, became);
}

function split(draft: Draft, { id, titles }: Extract<OptionMove, { do: "split option" }>): Draft {
  const question = draft.questions.find((one) => one.options.some((option) => option.id === id));
  const option = question?.options.find((one) => one.id === id);
  if (!question || !option || !canSplit(option) || titles.length < 2) return draft;
  const taken = new Set(valuesOf(question.options.filter((one) => one !== option)));
  const parts = titles.map((title, at): DraftOption => {
    const value = free(title === option.title ? option.value : nameFrom(title) || title.trim(), taken);
    taken.add(value);
    const origin = { was: [], partOf: option.was[0] ?? "" };
    return { id: draft.nextId + at, value, title, help: "", key: "", parent: option.parent, named: false, ...origin };
  });
  const options = question.options
    .flatMap((one) => (one === option ? parts : [one]))
    .map((one) => (one.parent && one.parent === option.value ? { ...one, parent: parts[0]?.value ?? "" } : one));
  const became = new Map([[option.value, parts.map((part) => part.value)]]);
  return withAnswersFollowed(withOptionsOf(draft, question.id, options, parts.length), question.name, became);
}

function putBack(draft: Draft, { id, option }: Extract<OptionMove, { do: "put back option" }>): Draft {
  const question = draft.questions.find((one) => one.id === id);
  if (!question) return draft;
  const back = optionDraftOf(option, draft.nextId, true);
  const values = valuesOf(question.options);
  const parent = values.has(back.parent) ? back.parent : "";
  return withOptionsOf(draft, id, [...question.options, { ...back, parent, value: free(back.value, values) }], 1);
}

function withOptionsOf(draft: Draft, id: number, options: readonly DraftOption[], ids: number): Draft {
  const questions = draft.questions.map((one) => (one.id === id ? { ...one, options } : one));
  return { ...draft, questions, nextId: draft.nextId + ids };
}

function valuesOf(options: readonly DraftOption[]): ReadonlySet<string> {
  return new Set(options.map((option) => option.value));
}
