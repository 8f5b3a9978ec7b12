/** Which questions are put to somebody: some are asked only after certain answers to an earlier one. */
import type { Answers, Question } from "./shapes";

/** The questions asked, given the answers so far; an answer to a question that is not asked opens no other. */
export function askedOf(questions: readonly Question[], answers: Answers): readonly Question[] {
  if (questions.every((question) => !question.when)) return questions;
  const asked = new Set<string>();
  return questions.filter((question) => {
    const isAsked = holds(question.when, answers, asked);
    if (isAsked) asked.add(question.name);
    return isAsked;
  });
}

function holds(when: Question["when"], answers: Answers, asked: ReadonlySet<string>): boolean {
  if (!when) return true;
  if (!asked.has(when.question)) return false;
  const given = answers[when.question];
  const said: readonly unknown[] = Array.isArray(given) ? given : [given];
  return said.some((one) => (when.any_of as readonly unknown[]).includes(one));
}

/** The questions that can change what is asked, in their order, before `name`. */
export function canDecide(
  question: Question,
): question is Extract<Question, { type: "label" | "multi_label" | "rating" }> {
  return question.type === "label" || question.type === "multi_label" || question.type === "rating";
}
