/** What an expert can do with the case on screen: accept it, decide it, send it back, leave it to another. */
import { forSending } from "@/features/annotation/answers";
import type { ActiveTimer } from "@/features/annotation/queue/useActiveTime";
import type { Project } from "@/features/projects";
import { type Case, useAccept, useDecide, useSendBack, useSkipCase } from "./api/cases";
import { sameAnswers } from "./comparison";
import type { DecisionDraft, Draft } from "./useDecisionDraft";

/** What was done last, so that it can be taken back. */
export type LastDeed = { taskId: number; externalId: string; deed: Done; draft?: Draft | undefined };
type Done = "accepted" | "fixed" | "decided" | "sent back" | "skipped";

export type CaseDeeds = {
  /** Whether the answer that stands is still what the form says. */
  stands: boolean;
  busy: boolean;
  errors: readonly Error[];
  accept: () => void;
  decide: () => void;
  sendBack: (reason: string, annotators: readonly string[]) => void;
  skip: () => void;
};

export function useCaseDeeds(
  project: Project,
  one: Case,
  draft: DecisionDraft,
  time: ActiveTimer,
  onDone: (deed: LastDeed) => void,
): CaseDeeds {
  const [acceptance, decision, back, pass] = [
    useAccept(project.id),
    useDecide(project.id),
    useSendBack(project.id),
    useSkipCase(project.id),
  ];
  const all = [acceptance, decision, back, pass];
  const busy = all.some((each) => each.isPending);
  const answers = forSending(project.schema.questions, draft.answers);
  const stands = one.proposed !== null && one.decision === null && sameAnswers(answers, one.proposed);
  const { reason, anchor, notes } = draft;
  const done = (deed: LastDeed["deed"], kept?: LastDeed["draft"]) => ({
    onSuccess: () => {
      draft.forget();
      onDone({ taskId: one.task_id, externalId: one.external_id, deed, draft: kept });
    },
  });
  return {
    stands,
    busy,
    errors: all.flatMap((each) => (each.error ? [each.error] : [])),
    accept: () => {
      const body = { answers: one.proposed, active_ms: time.read() };
      if (!busy) acceptance.mutate({ taskId: one.task_id, body }, done("accepted"));
    },
    decide: () => {
      const body = { answers, notes, reason, guideline_anchor: anchor, active_ms: time.read() };
      const deed = one.proposed ? "fixed" : "decided";
      if (!busy)
        decision.mutate({ taskId: one.task_id, decision: body }, done(deed, { answers, notes, reason, anchor }));
    },
    sendBack: (why, annotators) => {
      const body = { reason: why, annotators: [...annotators], guideline_anchor: anchor, active_ms: time.read() };
      if (!busy) back.mutate({ taskId: one.task_id, body }, done("sent back"));
    },
    skip: () => {
      if (!busy) pass.mutate(one.task_id, done("skipped"));
    },
  };
}
