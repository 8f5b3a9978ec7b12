/** What keeps a draft from being a schema, said where it is and in words. The server checks all of it again. */
import type { Draft, DraftQuestion } from "./draft";

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
  return [];
}

function optionFaults({ id, options, type, min_choices, max_choices }: DraftQuestion): Fault[] {
  if (options.length === 0) return [{ id, text: "Add the options to choose from." }];
  const values = options.map((option) => option.value);
  const faults: Fault[] = [];
  if (values.some((value) => !value)) faults.push({ id, text: "An option has no title." });
  if (new Set(values).size < values.length) faults.push({ id, text: "Two options have the same value." });
  const keys = options.map((option) => option.key).filter(Boolean);
  if (new Set(keys).size < keys.length) faults.push({ id, text: "Two options have the same key." });
  if (type === "multi_label" && max_choices !== null && max_choices < min_choices)
    faults.push({ id, text: "The most choices cannot be fewer than the least." });
  return faults;
}
