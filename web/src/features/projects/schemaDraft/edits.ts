/** Every edit of a schema draft, as one pure step from draft to draft. */
import {
  blankQuestion,
  type Draft,
  type DraftField,
  type DraftOption,
  type DraftQuestion,
  type QuestionType,
} from "./draft";
import { free, nameFrom } from "./naming";
import { type OptionMove, withAnswersFollowed, withOptionMoved } from "./optionMoves";

export type Edit =
  | { do: "add field" }
  | { do: "change field"; id: number; to: Partial<DraftField> }
  | { do: "add question"; type: QuestionType }
  | { do: "change question"; id: number; to: Partial<DraftQuestion> }
  | { do: "drop" | "move up" | "move down"; id: number }
  | { do: "add options"; id: number; titles: readonly string[] }
  | { do: "change option"; id: number; to: Partial<DraftOption> }
  | OptionMove;

export function edited(draft: Draft, edit: Edit): Draft {
  switch (edit.do) {
    case "add field":
      return withField(draft);
    case "change field":
      return withFieldChanged(draft, edit.id, edit.to);
    case "add question": {
      const question = blankQuestion(edit.type, draft.nextId, draft.fields);
      return { ...draft, nextId: draft.nextId + 1, questions: [...draft.questions, question] };
    }
    case "change question":
      return withQuestion(draft, edit.id, edit.to);
    case "drop":
      return onEveryList(draft, (list) => list.filter((one) => one.id !== edit.id || one.known === true));
    case "move up":
      return onEveryList(draft, (list) => moved(list, edit.id, -1));
    case "move down":
      return onEveryList(draft, (list) => moved(list, edit.id, 1));
    case "add options":
      return withOptions(draft, edit.id, edit.titles);
    case "change option":
      return withOptionChanged(draft, edit.id, edit.to);
    default:
      return withOptionMoved(draft, edit);
  }
}

/** An option's new value is known to the questions that depend on it. */
function withOptionChanged(draft: Draft, id: number, to: Partial<DraftOption>): Draft {
  const question = draft.questions.find((one) => one.options.some((option) => option.id === id));
  const value = question?.options.find((option) => option.id === id)?.value;
  const changed = onOptions(draft, (options) => withOption(options, id, to));
  const now = changed.questions.find((one) => one.id === question?.id)?.options.find((option) => option.id === id);
  if (!question || !value || !now || now.value === value) return changed;
  return withAnswersFollowed(changed, question.name, new Map([[value, [now.value]]]));
}

/** A question's new name is known to the questions that depend on it. */
function withQuestion(draft: Draft, id: number, to: Partial<DraftQuestion>): Draft {
  const before = draft.questions.find((one) => one.id === id);
  if (!before) return draft;
  const after = namedQuestion(before, to, draft);
  const follow = (one: DraftQuestion): DraftQuestion =>
    before.name && one.when.question === before.name ? { ...one, when: { ...one.when, question: after.name } } : one;
  return { ...draft, questions: draft.questions.map((one) => (one.id === id ? after : follow(one))) };
}

/** A field's new name is known to the questions about it. */
function withFieldChanged(draft: Draft, id: number, to: Partial<DraftField>): Draft {
  const before = draft.fields.find((one) => one.id === id);
  if (!before) return draft;
  const after = namedField(before, to, draft);
  const follow = (name: string) => (before.name && name === before.name ? after.name : name);
  return {
    ...draft,
    fields: draft.fields.map((one) => (one.id === id ? after : one)),
    questions: draft.questions.map((one) => ({
      ...one,
      a_field: follow(one.a_field),
      b_field: follow(one.b_field),
      field: follow(one.field),
      fields: one.fields.map(follow),
    })),
  };
}

/** An option's new value is known to the options below it. */
function withOption(options: readonly DraftOption[], id: number, to: Partial<DraftOption>): readonly DraftOption[] {
  const before = options.find((one) => one.id === id);
  if (!before) return options;
  const after = namedOption(before, to, options);
  return options.map((one) => {
    if (one.id === id) return after;
    return one.parent !== "" && one.parent === before.value ? { ...one, parent: after.value } : one;
  });
}

type Part = { id: number; known?: boolean };

/** Ids differ across fields, questions and options, so that one step can look in every list. */
function onEveryList(draft: Draft, step: <T extends Part>(list: readonly T[]) => readonly T[]): Draft {
  const questions = step(draft.questions.map((question) => ({ ...question, known: false, isKnown: question.known })));
  return {
    ...draft,
    fields: step(draft.fields),
    questions: questions.map(({ isKnown, ...question }) => ({
      ...question,
      known: isKnown,
      options: step(question.options),
    })),
  };
}

function onOptions(draft: Draft, step: (options: readonly DraftOption[]) => readonly DraftOption[]): Draft {
  return { ...draft, questions: draft.questions.map((question) => ({ ...question, options: step(question.options) })) };
}

function moved<T extends Part>(list: readonly T[], id: number, by: 1 | -1): readonly T[] {
  const from = list.findIndex((one) => one.id === id);
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (!one || !other) return list;
  return list.with(from, other).with(to, one);
}

function withField(draft: Draft): Draft {
  const field: DraftField = {
    id: draft.nextId,
    known: false,
    named: false,
    name: "",
    type: "text",
    title: "",
    required: false,
    markdown: false,
  };
  return { ...draft, nextId: draft.nextId + 1, fields: [...draft.fields, field] };
}

function namedField(field: DraftField, to: Partial<DraftField>, draft: Draft): DraftField {
  const next = { ...field, ...to };
  if ("name" in to) return { ...next, named: true };
  if (field.named || to.title === undefined) return next;
  return { ...next, name: free(nameFrom(to.title ?? ""), namesOf(draft.fields, field.id)) };
}

function namedQuestion(question: DraftQuestion, to: Partial<DraftQuestion>, draft: Draft): DraftQuestion {
  const next = { ...question, ...to };
  if ("name" in to) return { ...next, named: true };
  if (question.named || to.title === undefined) return next;
  return { ...next, name: free(nameFrom(to.title), namesOf(draft.questions, question.id)) };
}

function namedOption(option: DraftOption, to: Partial<DraftOption>, all: readonly DraftOption[]): DraftOption {
  const next = { ...option, ...to };
  if ("value" in to) return { ...next, named: true };
  if (option.named || to.title === undefined) return next;
  const taken = new Set(all.filter((one) => one.id !== option.id).map((one) => one.value));
  return { ...next, value: free(nameFrom(to.title) || to.title.trim(), taken) };
}

function withOptions(draft: Draft, id: number, titles: readonly string[]): Draft {
  let next = draft.nextId;
  const questions = draft.questions.map((question) => {
    if (question.id !== id) return question;
    const taken = new Set(question.options.map((option) => option.value));
    const added = titles.map((title) => {
      const value = free(nameFrom(title) || title.trim(), taken);
      taken.add(value);
      return { id: next++, value, title, help: "", key: "", parent: "", named: false, was: [], partOf: "" };
    });
    return { ...question, options: [...question.options, ...added] };
  });
  return { ...draft, questions, nextId: next };
}

function namesOf(parts: ReadonlyArray<{ id: number; name: string }>, but: number): ReadonlySet<string> {
  return new Set(parts.filter((one) => one.id !== but).map((one) => one.name));
}
