/**
 * A schema while somebody edits it. Every part has an id of its own, so that it keeps its place on the screen while its
 * name and type change; what records or answers already carry (`known`) keeps its name.
 */
import type { Field, Question } from "../queries";

export type QuestionType = Question["type"];
export type DraftField = Field & { id: number; known: boolean; named: boolean };
export type DraftOption = { id: number; value: string; title: string; help: string; key: string; named: boolean };
export type DraftQuestion = {
  id: number;
  known: boolean;
  named: boolean;
  type: QuestionType;
  name: string;
  title: string;
  help: string;
  required: boolean;
  options: readonly DraftOption[];
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
};
export type Draft = { fields: readonly DraftField[]; questions: readonly DraftQuestion[]; nextId: number };
export type Content = { fields: Field[]; questions: Question[] };

const BLANK: Omit<DraftQuestion, "id" | "type"> = {
  known: false,
  named: false,
  name: "",
  title: "",
  help: "",
  required: true,
  options: [],
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
};

/** `known` tells that this schema is in use already: its names stay. */
export function draftOf(content: { fields: readonly Field[]; questions: readonly Question[] }, known: boolean): Draft {
  let id = 0;
  const next = () => ++id;
  const fields = content.fields.map((field) => ({ ...field, id: next(), known, named: true }));
  const questions = content.questions.map((question) => questionDraftOf(question, known, next));
  return { fields, questions, nextId: id + 1 };
}

function questionDraftOf(question: Question, known: boolean, next: () => number): DraftQuestion {
  const id = next();
  const given = Object.entries(question).filter(([name, value]) => name !== "options" && value != null);
  const options = "options" in question ? question.options.map((option) => optionDraftOf(option, next())) : [];
  return { ...BLANK, ...Object.fromEntries(given), id, type: question.type, known, named: true, options };
}

function optionDraftOf(
  option: { value: string; title?: string | null; help?: string | null; key?: string | null },
  id: number,
) {
  const { value, title, help, key } = option;
  return { id, value, title: title ?? value, help: help ?? "", key: key ?? "", named: true };
}

export function blankQuestion(type: QuestionType, id: number, fields: readonly DraftField[]): DraftQuestion {
  const [a, b] = fields.filter((field) => field.type !== "context").slice(-2);
  return { ...BLANK, id, type, a_field: a?.name ?? "", b_field: b?.name ?? "", required: type !== "text" };
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
  const { name, title, required } = draft;
  const base = { name, title, required, help: draft.help || null };
  switch (draft.type) {
    case "label":
      return { ...base, type: "label", options: optionsOf(draft) };
    case "multi_label": {
      const { min_choices, max_choices } = draft;
      return { ...base, type: "multi_label", options: optionsOf(draft), min_choices, max_choices };
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
  }
}

function optionsOf({ options }: DraftQuestion) {
  return options.map(({ value, title, help, key }) => ({
    value,
    title: title || null,
    help: help || null,
    key: key || null,
  }));
}
