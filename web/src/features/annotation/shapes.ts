/** The shapes this slice works with, under the names it uses for them. */
import type { Shape } from "@/lib/api";

export type Item = Shape<"Item">;
export type Batch = Shape<"Batch">;
export type Progress = Shape<"MyProgress">;
export type Feedback = Shape<"Feedback">;
export type HistoryEntry = Shape<"HistoryEntry">;

export type { Question, QuestionOf, Schema } from "@/features/projects";

export type Preference = { choice: "a" | "b" | "tie" | "both_bad"; strength?: number };
/** A labelled passage; `start` and `end` count Unicode code points, `end` is the first one after it. */
export type Span = { field: string; turn?: number; start: number; end: number; label: string; note?: string };
/** An order, best first; who shares a group is tied. While it is being made, some candidates are missing. */
export type Groups = ReadonlyArray<readonly string[]>;
/** A part of the record as it should read: a text, or one turn of a chat. */
export type Rewrite = { turn?: number; text: string };
export type AnswerValue =
  | string
  | readonly string[]
  | number
  | Preference
  | readonly Span[]
  | Groups
  | readonly Rewrite[];
export type Answers = Readonly<Record<string, AnswerValue>>;
/** Remarks on single questions, by their names. */
export type Notes = Readonly<Record<string, string>>;
