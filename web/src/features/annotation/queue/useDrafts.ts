/** Keeps what is being answered: in this browser at once, on the server a moment after the last change. */
import { useEffect, useMemo, useRef } from "react";
import { forSending } from "../answers";
import { dropDraft, dropOldDrafts, keepDraft } from "./drafts";
import type { Work } from "./queue";
import { type GivenSoFar, saveDraft } from "./requests";

const PAUSE_MS = 800;

export function useDrafts(projectId: number, personId: number) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    dropOldDrafts();
    return () => clearTimeout(timer.current);
  }, []);
  return useMemo(
    () => ({
      keep(work: Work, given: GivenSoFar, activeMs: number) {
        const taskId = work.item.task_id;
        keepDraft(personId, taskId, { ...given, active_ms: activeMs });
        clearTimeout(timer.current);
        if (work.visit === "again") return;
        const save = () => void saveDraft(projectId, taskId, finished(work, given), activeMs).catch(() => undefined);
        timer.current = setTimeout(save, PAUSE_MS);
      },
      drop(work: Work) {
        clearTimeout(timer.current);
        dropDraft(personId, work.item.task_id);
      },
    }),
    [projectId, personId],
  );
}

/** Of what was begun only what is an answer by now: the server takes nothing half done. The rest is kept here. */
function finished(work: Work, { answers, notes }: GivenSoFar): GivenSoFar {
  return { answers: forSending(work.schema.questions, answers), notes };
}
