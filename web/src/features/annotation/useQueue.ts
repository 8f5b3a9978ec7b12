/** The queue with its surroundings: claims ahead, keeps leases and drafts, sends deeds through the outbox. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import { type Project, schemaOf } from "@/features/projects";
import { randomId } from "@/lib/id";
import { asProblem, type Problem } from "@/lib/problem";
import { forSending } from "./answers";
import { dropDraft, dropOldDrafts, keepDraft, keptDraft } from "./drafts";
import { dueForRenewal, localEnd } from "./leases";
import { type OpBody, useOutbox, useOutboxState } from "./outbox";
import { type Deed, emptyQueue, queueReducer, type Work, wanted, workOn } from "./queue";
import { claim, fetchItem, giveBack, renew, saveDraft } from "./requests";
import type { Answers, Item } from "./shapes";
import { useActiveTime } from "./useActiveTime";

const DRAFT_PAUSE_MS = 800;
const LOOK_AGAIN_MS = 20_000;
const LEASE_LOOK_MS = 15_000;

export function useQueue(project: Project, personId: number) {
  const [queue, dispatch] = useReducer(queueReducer, emptyQueue);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const client = useQueryClient();
  const outbox = useOutbox();
  const pending = useOutboxState().ops.length;
  const timer = useActiveTime();
  const latest = useRef({ queue, pending });
  latest.current = { queue, pending };
  const leaseMs = project.policy.lease_seconds * 1000;
  const work = queue.ahead[0];

  const workFor = useCallback(
    async (item: Item): Promise<Work> => {
      const schema = await schemaOf(client, project.id, item.schema_version);
      const until = localEnd(item.lease_expires_at, leaseMs, Date.now());
      return workOn(item, schema, until, keptDraft(personId, item.task_id));
    },
    [client, project.id, leaseMs, personId],
  );

  // Keep enough records at hand.
  const underWay = useRef(false);
  const count = wanted(queue);
  useEffect(() => {
    if (count === 0 || underWay.current) return;
    underWay.current = true;
    dispatch({ type: "asked" });
    claimWorks()
      .catch((error: unknown) => {
        setTrouble(asProblem(error));
        dispatch({ type: "askFailed" });
      })
      .finally(() => {
        underWay.current = false;
      });
    async function claimWorks() {
      const batch = await claim(project.id, count);
      const works = await Promise.all(batch.items.map(workFor));
      setTrouble(null);
      dispatch({ type: "arrived", batch, wanted: count, works, settled: latest.current.pending === 0 });
    }
  }, [count, project.id, workFor]);

  // Where nothing more came, look again now and then, when the person comes back, and when sent work made room.
  const waiting = queue.dry || queue.stalled;
  useEffect(() => {
    if (!waiting) return;
    const resume = () => dispatch({ type: "resumed" });
    const interval = setInterval(resume, trouble ? 4000 : LOOK_AGAIN_MS);
    window.addEventListener("focus", resume);
    window.addEventListener("online", resume);
    return () => {
      clearInterval(interval);
      window.removeEventListener("focus", resume);
      window.removeEventListener("online", resume);
    };
  }, [waiting, trouble]);
  const sentAll = pending === 0;
  useEffect(() => {
    if (sentAll) dispatch({ type: "resumed" });
  }, [sentAll]);

  // Keep the records while somebody works; say so when they are gone.
  const [lostSome, setLostSome] = useState(false);
  useEffect(() => {
    const look = async () => {
      const works = latest.current.queue.ahead;
      const taskIds = dueForRenewal(works, leaseMs, Date.now(), performance.now() - timer.lastSeen());
      if (taskIds.length === 0) return;
      try {
        const end = localEnd(await renew(project.id, taskIds), leaseMs, Date.now()) ?? Date.now() + leaseMs;
        dispatch({ type: "renewed", taskIds, untilMs: end });
      } catch (error) {
        if (asProblem(error).passing) return;
        dispatch({ type: "lost", taskIds });
        setLostSome(true);
      }
    };
    const interval = setInterval(() => void look(), Math.min(LEASE_LOOK_MS, leaseMs / 4));
    return () => clearInterval(interval);
  }, [project.id, leaseMs, timer]);

  // Leaving: what nobody touched goes to somebody else at once.
  useEffect(() => {
    dropOldDrafts();
    const leave = () => giveBack(project.id, untouched(latest.current.queue.ahead));
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [project.id]);

  const { turn } = queue;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is what starts the clock over
  useLayoutEffect(() => timer.restart(work?.spentMs ?? 0), [turn, timer]);

  const draftTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const answer = (answers: Answers, at: string) => {
    if (!work) return;
    dispatch({ type: "answered", answers, at });
    if (answers === work.answers) return;
    const taskId = work.item.task_id;
    keepDraft(personId, taskId, answers, timer.read());
    clearTimeout(draftTimer.current);
    if (work.visit === "again") return;
    const save = () => void saveDraft(project.id, taskId, answers, timer.read()).catch(() => undefined);
    draftTimer.current = setTimeout(save, DRAFT_PAUSE_MS);
  };

  const sendDeed = (of: Work, body: OpBody) =>
    outbox.add({ ...body, id: randomId(), projectId: project.id, taskId: of.item.task_id, at: Date.now() });

  const finish = (deed: Deed, body: OpBody) => {
    if (!work) return;
    clearTimeout(draftTimer.current);
    const spentMs = timer.read();
    sendDeed(work, body);
    dropDraft(personId, work.item.task_id);
    setLostSome(false);
    dispatch({ type: "finished", deed, spentMs });
  };

  const submit = (answers: Answers) => {
    if (!work) return;
    dispatch({ type: "answered", answers, at: work.at });
    const sent = forSending(work.schema.questions, answers);
    finish("answer", { kind: "answer", answers: sent, active_ms: timer.read() });
  };

  const undo = () => {
    const last = queue.done.at(-1);
    if (!last) return;
    if (last.work.visit === "new") sendDeed(last.work, { kind: "undo" });
    keepDraft(personId, last.work.item.task_id, last.work.answers, last.work.spentMs);
    dispatch({ type: "undone" });
  };

  const open = async (taskId: number, answers?: Answers) => {
    const found = await workFor(await fetchItem(project.id, taskId));
    const opened = answers ? { ...found, answers } : found;
    dispatch({ type: "opened", work: opened });
  };

  return {
    work,
    turn,
    progress: queue.progress,
    canUndo: queue.done.length > 0,
    /** Nothing on screen and nothing to come for now. */
    finished: !work && queue.dry && !queue.asking,
    trouble,
    lostSome,
    answer,
    submit,
    skip: () => finish("skip", { kind: "skip" }),
    flag: (reason: string) => finish("flag", { kind: "flag", reason }),
    undo,
    open,
    /** Closes a record that was opened to revise, without a change. */
    putAside: () => {
      if (!work || work.visit === "new") return;
      dropDraft(personId, work.item.task_id);
      dispatch({ type: "putAside" });
    },
    lookAgain: () => dispatch({ type: "resumed" }),
  };
}

export type QueueAtHand = ReturnType<typeof useQueue>;

function untouched(works: readonly Work[]): number[] {
  return works.filter((w) => w.visit === "new" && Object.keys(w.answers).length === 0).map((w) => w.item.task_id);
}
