/** Answers not yet submitted, kept in this browser as they are typed. The server has a copy a moment later. */
import { keep, kept, keptNames, unkeep } from "@/lib/kept";
import type { Answers, Notes } from "../shapes";

type Draft = { answers: Answers; notes?: Notes; active_ms: number; at: number };

const OLDEST_MS = 14 * 86_400_000;
const prefix = (personId: number) => `draft:${personId}:`;

export function keepDraft(personId: number, taskId: number, draft: Omit<Draft, "at">): void {
  keep(prefix(personId) + taskId, { ...draft, at: Date.now() } satisfies Draft);
}

export function keptDraft(personId: number, taskId: number): Draft | undefined {
  return kept<Draft>(prefix(personId) + taskId);
}

export function dropDraft(personId: number, taskId: number): void {
  unkeep(prefix(personId) + taskId);
}

export function dropOldDrafts(now = Date.now()): void {
  for (const name of keptNames("draft:")) {
    const draft = kept<Draft>(name);
    if (!draft || now - draft.at > OLDEST_MS) unkeep(name);
  }
}
