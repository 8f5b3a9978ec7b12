import type { AnswerValue, Question, QuestionOf } from "../shapes";

/** What a question on screen is given. `settled` says that this answer is whole, and one may go on. */
export type Asked<Type extends Question["type"]> = {
  question: QuestionOf<Type>;
  value: AnswerValue | undefined;
  onAnswer: (value: AnswerValue | undefined, settled: boolean) => void;
  /** Which of two candidates stands first. */
  swapped: boolean;
  /** Without explanations. */
  brief: boolean;
};
