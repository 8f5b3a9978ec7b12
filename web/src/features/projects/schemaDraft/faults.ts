/** What keeps a draft from being a schema, said where it is and in words. The server checks all of it again. */
import { answersOf, type Draft, type DraftQuestion, isSpoken } from "./draft";

export type Fault = { id: number; text: string };

const NAME = /^[a-z][a-z0-9_]{0,59}$/;

export function faultsOf(draft: Draft): readonly Fault[] {
  const faults = [
    ...namingFaults(draft.fields, "field"),
    ...namingFaults(draft.questions, "question"),
    ...draft.questions
      .filter(({ name, title }) => name && !title.trim())
      .map(({ id }) => ({ id, text: "Write the question." })),
    ...draft.questions.flatMap((question) => questionFaults(question, draft)),
    ...draft.questions.flatMap((question, at) => whenFaults(question, draft.questions.slice(0, at))),
  ];
  if (draft.fields.length === 0) faults.push({ id: 0, text: "A record needs at least one field to show." });
  if (draft.questions.length === 0) faults.push({ id: 0, text: "A project needs at least one question." });
  return faults;
}

type Named = { id: number; name: string; title?: string | null };

function namingFaults(parts: readonly Named[], what: string): Fault[] {
  return parts.flatMap(({ id, name }) => {
    if (!name) return [{ id, text: `Give the ${what} a title.` }];
    if (!NAME.test(name))
      return [{ id, text: `The name “${name}” must begin with a letter and hold only a–z, 0–9 and _.` }];
    const twice = parts.some((other) => other.id !== id && other.name === name);
    return twice ? [{ id, text: `Another ${what} is called “${name}” too.` }] : [];
  });
}

function questionFaults(question: DraftQuestion, draft: Draft): Fault[] {
  const { id, type } = question;
  const say = (wrong: boolean, text: string): Fault[] => (wrong ? [{ id, text }] : []);
  if (type === "label" || type === "multi_label") return optionFaults(question);
  if (type === "rating") {
    const steps = question.max - question.min;
    return say(
      !(steps >= 1 && steps <= 20),
      "A scale has 2 to 21 steps: the highest must lie 1 to 20 above the lowest.",
    );
  }
  if (type === "preference") {
    const fields = new Set(draft.fields.map((field) => field.name));
    const both = fields.has(question.a_field) && fields.has(question.b_field);
    return say(!both || question.a_field === question.b_field, "Choose the two different fields that are compared.");
  }
  if (type === "span") return [...fieldFaults(question, draft, 1), ...optionFaults(question)];
  if (type === "ranking") return question.ranks === "fields" ? fieldFaults(question, draft, 2) : rankedFaults(question);
  if (type === "edit") {
    const isThere = draft.fields.some((field) => field.name === question.field && isSpoken(field));
    return [
      ...say(!isThere, "Choose the text or chat that is rewritten."),
      ...say(question.roles.length === 0, "Choose whose turns may be rewritten."),
    ];
  }
  return [];
}

function fieldFaults({ id, fields }: DraftQuestion, draft: Draft, least: number): Fault[] {
  const known = new Set(draft.fields.map((field) => field.name));
  const enough = fields.length >= least && fields.every((name) => known.has(name));
  return enough ? [] : [{ id, text: least > 1 ? "Choose two fields or more." : "Choose a field." }];
}

function rankedFaults(question: DraftQuestion): Fault[] {
  if (question.options.length < 2) return [{ id: question.id, text: "Add two options or more." }];
  return optionFaults(question);
}

function whenFaults({ id, when }: DraftQuestion, earlier: readonly DraftQuestion[]): Fault[] {
  if (!when.question) return [];
  const other = earlier.find((one) => one.name === when.question);
  if (!other) return [{ id, text: "It is asked after a question that no longer comes before it." }];
  const known = answersOf(other).map((answer) => answer.value);
  const sound = when.any_of.length > 0 && when.any_of.every((value) => known.includes(value));
  return sound ? [] : [{ id, text: `Choose after which answers to “${other.title}” it is asked.` }];
}

function optionFaults({ id, options, type, min_choices, max_choices }: DraftQuestion): Fault[] {
  if (options.length === 0) return [{ id, text: "Add the options to choose from." }];
  const values = options.map((option) => option.value);
  const faults: Fault[] = [];
  if (values.some((value) => !value)) faults.push({ id, text: "An option has no title." });
  if (new Set(values).size < values.length) faults.push({ id, text: "Two options have the same value." });
  const keys = options.map((option) => option.key).filter(Boolean);
  if (new Set(keys).size < keys.length) faults.push({ id, text: "Two options have the same key." });
  if (options.some((option) => option.parent && isBelowItself(option.value, options)))
    faults.push({ id, text: "An option lies below itself, or below one that is gone." });
  if (type === "multi_label" && max_choices !== null && max_choices < min_choices)
    faults.push({ id, text: "The most choices cannot be fewer than the least." });
  return faults;
}

function isBelowItself(value: string, options: DraftQuestion["options"]): boolean {
  const parents = new Map(options.map((option) => [option.value, option.parent]));
  let above = parents.get(value);
  for (let steps = 0; above; steps++) {
    if (!parents.has(above) || steps > options.length) return true;
    above = parents.get(above);
  }
  return false;
}
