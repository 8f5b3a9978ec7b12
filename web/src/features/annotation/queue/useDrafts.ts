/** Keeps what is being answered: in this browser at once, on the server a moment after the last change. */
import { useEffect, useMemo, useRef } from "react";
import type { Answers } from "../shapes";
import { dropDraft, dropOldDrafts, keepDraft } from "./drafts";
import type { Work } from "./queue";
import { saveDraft } from "./requests";

const PAUSE_MS = 800;

export function useDrafts(projectId: number, personId: number) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    dropOldDrafts();
    return () => clearTimeout(timer.current);
  }, []);
  return useMemo(
    () => ({
      keep(work: Work, answers: Answers, activeMs: number) {
        const taskId = work.item.task_id;
        keepDraft(personId, taskId, answers, activeMs);
        clearTimeout(timer.current);
        if (work.visit === "again") return;
        const save = () => void saveDraft(projectId, taskId, answers, activeMs).catch(() => undefined);
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
