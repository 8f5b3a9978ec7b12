import type { Field } from "@/features/projects";
import type { AnswerValue, Question, QuestionOf } from "../shapes";

/** The record a question is asked about, as it stands on the screen. */
export type AskedRecord = {
  readonly fields: readonly Field[];
  readonly values: Readonly<Record<string, unknown>>;
  /** For each ranking, its candidates in the order in which they are shown. */
  readonly orders: Readonly<Record<string, readonly string[]>>;
};

/** What a question on screen is given. `settled` says that this answer is whole, and one may go on. */
export type Asked<Type extends Question["type"]> = {
  question: QuestionOf<Type>;
  value: AnswerValue | undefined;
  onAnswer: (value: AnswerValue | undefined, settled: boolean) => void;
  /** Which of two candidates stands first. */
  swapped: boolean;
  record: AskedRecord;
  /** Without explanations. */
  brief: boolean;
};
