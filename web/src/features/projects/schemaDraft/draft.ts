/**
 * A schema while somebody edits it. Every part has an id of its own, so that it keeps its place on the screen while its
 * name and type change; what records or answers already carry (`known`) keeps its name.
 */
import type { Field, Question, QuestionOf } from "../queries";

export type QuestionType = Question["type"];
export type DraftField = Field & { id: number; known: boolean; named: boolean };
export type DraftOption = {
  id: number;
  value: string;
  title: string;
  help: string;
  key: string;
  /** The value of the option above, where options form a tree. */
  parent: string;
  named: boolean;
  /** The values in the version in use that become this one: none if it is new, several if they are merged. */
  was: readonly string[];
  /** The value in the version in use that this one is a part of, after a split. */
  partOf: string;
};
export type DraftQuestion = {
  id: number;
  known: boolean;
  /** Its name in the version in use; empty if it is new. */
  was: string;
  named: boolean;
  type: QuestionType;
  name: string;
  title: string;
  help: string;
  required: boolean;
  allow_note: boolean;
  /** Ask only after one of these answers; without a question, or without answers, always. */
  when: { question: string; any_of: ReadonlyArray<string | number> };
  options: readonly DraftOption[];
  leaves_only: boolean;
  min_choices: number;
  max_choices: number | null;
  min: number;
  max: number;
  low_title: string;
  high_title: string;
  max_length: number;
  a_field: string;
  b_field: string;
  strengths: number;
  allow_tie: boolean;
  allow_both_bad: boolean;
  fields: readonly string[];
  allow_overlap: boolean;
  min_spans: number;
  max_spans: number | null;
  ranks: "fields" | "options";
  allow_ties: boolean;
  field: string;
  roles: QuestionOf<"edit">["roles"];
};
export type Option = QuestionOf<"label">["options"][number];
export type Draft = { fields: readonly DraftField[]; questions: readonly DraftQuestion[]; nextId: number };
export type Content = { fields: Field[]; questions: Question[] };

const BLANK: Omit<DraftQuestion, "id" | "type"> = {
  known: false,
  was: "",
  named: false,
  name: "",
  title: "",
  help: "",
  required: true,
  allow_note: false,
  when: { question: "", any_of: [] },
  options: [],
  leaves_only: false,
  min_choices: 0,
  max_choices: null,
  min: 1,
  max: 5,
  low_title: "",
  high_title: "",
  max_length: 10_000,
  a_field: "",
  b_field: "",
  strengths: 3,
  allow_tie: true,
  allow_both_bad: true,
  fields: [],
  allow_overlap: true,
  min_spans: 0,
  max_spans: null,
  ranks: "fields",
  allow_ties: true,
  field: "",
  roles: ["assistant"],
};

/** `known` tells that this schema is in use already: its names stay. */
export function draftOf(content: { fields: readonly Field[]; questions: readonly Question[] }, known: boolean): Draft {
  let id = 0;
  const next = () => ++id;
  const fields = content.fields.map((field) => ({ ...field, id: next(), known, named: true }));
  const questions = content.questions.map((question) => questionDraftOf(question, known, next));
  return { fields, questions, nextId: id + 1 };
}

export function questionDraftOf(question: Question, known: boolean, next: () => number): DraftQuestion {
  const id = next();
  const given = Object.entries(question).filter(([name, value]) => name !== "options" && value != null);
  const options = optionsIn(question).map((option) => optionDraftOf(option, next(), known));
  const ranks = options.length > 0 ? "options" : "fields";
  const was = known ? question.name : "";
  return { ...BLANK, ...Object.fromEntries(given), id, type: question.type, known, was, named: true, options, ranks };
}

export function optionsIn(question: Question): readonly Option[] {
  return ("options" in question && question.options) || [];
}

export function optionDraftOf({ value, title, help, key, parent }: Option, id: number, known: boolean): DraftOption {
  const words = { title: title ?? value, help: help ?? "", key: key ?? "", parent: parent ?? "" };
  return { id, value, ...words, named: true, was: known ? [value] : [], partOf: "" };
}

/** Whether questions may point at it: something that somebody says. */
export function isSpoken({ type }: Pick<DraftField, "type">): boolean {
  return type === "text" || type === "chat";
}

export function blankQuestion(type: QuestionType, id: number, fields: readonly DraftField[]): DraftQuestion {
  const texts = fields.filter(isSpoken).map((field) => field.name);
  const [a, b] = texts.slice(-2);
  return {
    ...BLANK,
    id,
    type,
    a_field: a ?? "",
    b_field: b ?? "",
    fields: texts,
    field: texts.at(-1) ?? "",
    required: type !== "text",
    max_length: type === "edit" ? 50_000 : BLANK.max_length,
  };
}

/** The schema as the server takes it: of each question only what its type has. */
export function contentOf(draft: Draft): Content {
  const fields = draft.fields.map(({ name, type, title, required, markdown }) => ({
    name,
    type,
    title: title || null,
    required,
    markdown,
  }));
  return { fields, questions: draft.questions.map(questionOf) };
}

export function questionOf(draft: DraftQuestion): Question {
  const { name, title, required, allow_note } = draft;
  const base = { name, title, required, allow_note, help: draft.help || null, when: whenOf(draft) };
  const { options, leaves_only } = draft;
  switch (draft.type) {
    case "label":
      return { ...base, type: "label", options: optionsOf(options), leaves_only };
    case "multi_label": {
      const { min_choices, max_choices } = draft;
      return { ...base, type: "multi_label", options: optionsOf(options), leaves_only, min_choices, max_choices };
    }
    case "rating": {
      const { min, max, low_title, high_title } = draft;
      return { ...base, type: "rating", min, max, low_title: low_title || null, high_title: high_title || null };
    }
    case "text":
      return { ...base, type: "text", max_length: draft.max_length };
    case "preference": {
      const { a_field, b_field, strengths, allow_tie, allow_both_bad } = draft;
      return { ...base, type: "preference", a_field, b_field, strengths, allow_tie, allow_both_bad };
    }
    case "span": {
      const { fields, allow_overlap, min_spans, max_spans } = draft;
      const labels = { options: optionsOf(options), leaves_only };
      return { ...base, type: "span", fields: [...fields], ...labels, allow_overlap, min_spans, max_spans };
    }
    case "ranking": {
      const ranked =
        draft.ranks === "fields"
          ? { fields: [...draft.fields], options: null }
          : { fields: null, options: optionsOf(options) };
      return { ...base, type: "ranking", ...ranked, allow_ties: draft.allow_ties };
    }
    case "edit":
      return { ...base, type: "edit", field: draft.field, roles: [...draft.roles], max_length: draft.max_length };
  }
}

/** The answers to a question that can decide whether another is asked; none where they are not a few known ones. */
export function answersOf(question: DraftQuestion): ReadonlyArray<{ value: string | number; title: string }> {
  const { type, min, max } = question;
  if (type === "label" || type === "multi_label")
    return question.options.map(({ value, title }) => ({ value, title: title || value }));
  if (type !== "rating" || !(max - min <= 20)) return [];
  return Array.from({ length: max - min + 1 }, (_, at) => ({ value: min + at, title: String(min + at) }));
}

function whenOf({ when }: DraftQuestion): Question["when"] {
  return when.question && when.any_of.length > 0 ? { question: when.question, any_of: [...when.any_of] } : null;
}

function optionsOf(options: readonly DraftOption[]): Option[] {
  return options.map(({ value, title, help, key, parent }) => ({
    value,
    title: title || null,
    help: help || null,
    key: key || null,
    parent: parent || null,
  }));
}
