/** The hue of each label: eight that can be told apart, then from the start again. Labels are told by their names too. */
import "./hues.css";
import type { QuestionOf } from "../shapes";

export const HUES = 8;

export function huesOf(question: Pick<QuestionOf<"span">, "options">): ReadonlyMap<string, number> {
  return new Map(question.options.map((option, at) => [option.value, at % HUES]));
}
