/** A decision while it is being made; kept in this browser until it is sent, so that a closed tab loses nothing. */
import { useState } from "react";
import type { Answers, Notes } from "@/features/annotation";
import type { Project } from "@/features/projects";
import { keep, kept, unkeep } from "@/lib/kept";
import type { Case } from "./api/cases";
import { firstDisputed, startingAnswers } from "./comparison";

export type Draft = { answers: Answers; notes: Notes; reason: string; anchor: string | null };
export type DecisionDraft = Draft & {
  firstQuestion: string;
  set: (part: Partial<Draft>) => void;
  forget: () => void;
};

export function useDecisionDraft(project: Project, one: Case): DecisionDraft {
  const name = nameOf(project.id, one.task_id);
  const [draft, setDraft] = useState<Draft>(() => ({ ...freshDraft(project, one), ...kept<Draft>(name) }));
  return {
    ...draft,
    firstQuestion: firstDisputed(project.schema.questions, one),
    set: (part) =>
      setDraft((now) => {
        const next = { ...now, ...part };
        keep(name, next);
        return next;
      }),
    forget: () => unkeep(name),
  };
}

/** Puts back what a withdrawn decision said, so that it can be changed instead of written anew. */
export function keepDraft(projectId: number, taskId: number, draft: Draft): void {
  keep(nameOf(projectId, taskId), draft);
}

function nameOf(projectId: number, taskId: number): string {
  return `decision:${projectId}:${taskId}`;
}

function freshDraft(project: Project, one: Case): Draft {
  const answers = startingAnswers(project.schema.questions, one) as Answers;
  const { reason = "", notes = {}, guideline_anchor: anchor = null } = one.decision ?? {};
  return { answers, notes, reason, anchor };
}
