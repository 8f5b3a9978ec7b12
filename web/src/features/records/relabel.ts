/** What a re-labelling can be asked for: by which questions, from which value, to which. */
import type { Question } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import type { AnswerChange } from "./api/relabellings";
import { pairOf } from "./recordFilter";

export type Changeable = Extract<Question, { type: "label" | "multi_label" | "rating" }>;
export type Draft = { question: string; old: string; new: string };

export function changeableOf(questions: readonly Question[]): Changeable[] {
  return questions.filter(
    (one): one is Changeable => one.type === "label" || one.type === "multi_label" || one.type === "rating",
  );
}

export function valuesOf(question: Changeable): { value: string; label: string }[] {
  if (question.type === "rating")
    return Array.from({ length: question.max - question.min + 1 }, (_, step) => String(question.min + step)).map(
      (value) => ({ value, label: value }),
    );
  const above = new Set(question.leaves_only ? question.options.map(({ parent }) => parent) : []);
  return question.options
    .filter(({ value }) => !above.has(value))
    .map(({ value, title }) => ({ value, label: title ?? value }));
}

/** The first value that the filter asks for is most likely the one to change. */
export function draftOf(questions: readonly Changeable[], asked: readonly string[]): Draft {
  for (const one of asked) {
    const [named, old] = pairOf(one);
    const question = questions.find(({ name }) => name === named);
    if (question && valuesOf(question).some(({ value }) => value === old))
      return { question: question.name, old, new: "" };
  }
  return { question: questions[0]?.name ?? "", old: "", new: "" };
}

/** The change as the server takes it; nothing while it says nothing. */
export function changeOf(question: Changeable | undefined, draft: Draft): AnswerChange | undefined {
  if (!question || draft.old === draft.new) return undefined;
  if (draft.new === "" && question.type !== "multi_label") return undefined;
  const value = (text: string) => (text === "" ? null : question.type === "rating" ? Number(text) : text);
  return { question: question.name, old: value(draft.old), new: value(draft.new) };
}

export function valueInWords(question: Changeable, answer: unknown): string {
  const isNothing = answer == null || answer === "" || (Array.isArray(answer) && answer.length === 0);
  return isNothing ? "nothing" : answerInWords(question, answer);
}
