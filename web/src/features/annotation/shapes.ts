/** The shapes this slice works with, under the names it uses for them. */
import type { Shape } from "@/lib/api";

export type Item = Shape<"Item">;
export type Batch = Shape<"Batch">;
export type Progress = Shape<"MyProgress">;
export type HistoryEntry = Shape<"HistoryEntry">;

export type { Question, QuestionOf, Schema } from "@/features/projects";

export type Preference = { choice: "a" | "b" | "tie" | "both_bad"; strength?: number };
export type AnswerValue = string | readonly string[] | number | Preference;
export type Answers = Readonly<Record<string, AnswerValue>>;
