/** The queue with its surroundings: what is on screen, and every deed one can do with it. None waits for the network. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef } from "react";
import { type Project, schemaOf } from "@/features/projects";
import { hush } from "@/lib/deeds";
import { randomId } from "@/lib/id";
import { forSending } from "../answers";
import { type OpBody, useOutbox, useOutboxState } from "../outbox";
import { fetchAhead } from "../questions/Widget";
import type { Answers, Item, Notes } from "../shapes";
import { keptDraft } from "./drafts";
import { localEnd } from "./leases";
import { type Deed, emptyQueue, queueReducer, type Work, workOn } from "./queue";
import { fetchItem } from "./requests";
import { useActiveTime } from "./useActiveTime";
import { useDrafts } from "./useDrafts";
import { useGiveBack, useLeases } from "./useLeases";
import { useOtherTabs } from "./useOtherTabs";
import { useSupply } from "./useSupply";

export function useQueue(project: Project, personId: number) {
  const [queue, dispatch] = useReducer(queueReducer, emptyQueue);
  const { ops } = useOutboxState();
  const outbox = useOutbox();
  const timer = useActiveTime();
  const drafts = useDrafts(project.id, personId);
  const latest = useRef({ queue, ops });
  latest.current = { queue, ops };
  const leaseMs = project.policy.lease_seconds * 1000;
  const workFor = useWorkFor(project.id, personId, leaseMs);
  const trouble = useSupply({ projectId: project.id, queue, latest, dispatch, workFor });
  useLeases({ projectId: project.id, leaseMs, latest, timer, dispatch });
  const otherTabs = useOtherTabs(project.id, personId, queue, dispatch);
  useGiveBack(project.id, latest, otherTabs.heldElsewhere);

  const work = queue.ahead[0];
  const { turn } = queue;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is what starts the clock over
  useLayoutEffect(() => timer.restart(work?.spentMs ?? 0), [turn, timer]);
  const sentAll = ops.length === 0;
  useEffect(() => {
    if (sentAll) dispatch({ type: "resumed" });
  }, [sentAll]);

  const post = (of: Work, body: OpBody) =>
    outbox.add({ ...body, id: randomId(), projectId: project.id, taskId: of.item.task_id, at: Date.now() });

  /** What is taken back next is this: the note of what was done before makes room. */
  const finish = (deed: Deed, body: OpBody) => {
    if (!work) return;
    hush();
    post(work, body);
    drafts.drop(work);
    dispatch({ type: "finished", deed, spentMs: timer.read() });
    otherTabs.tell(work.item.task_id);
  };

  return {
    work,
    turn,
    progress: queue.progress,
    canUndo: queue.done.length > 0,
    /** Nothing on screen and nothing to come for now. */
    finished: !work && queue.dry && !queue.asking,
    /** The record on screen went back to the queue while nobody was here. */
    late: queue.late,
    trouble,
    /** The newest versions of guideline and schema that a record here was given out under. */
    newest: {
      guideline: Math.max(0, ...queue.ahead.map(({ item }) => item.guideline_version)),
      schema: Math.max(0, ...queue.ahead.map(({ item }) => item.schema_version)),
    },
    /** What was looked at before this record does not count as work on it. */
    startClock: () => timer.restart(work?.spentMs ?? 0),
    answer(answers: Answers, at: string) {
      if (!work) return;
      dispatch({ type: "answered", answers, at });
      if (answers === work.answers) return;
      hush();
      drafts.keep(work, { answers, notes: work.notes }, timer.read());
    },
    note(notes: Notes) {
      if (!work) return;
      dispatch({ type: "noted", notes });
      drafts.keep(work, { answers: work.answers, notes }, timer.read());
    },
    submit(answers: Answers) {
      if (!work) return;
      dispatch({ type: "answered", answers, at: work.at });
      const sent = forSending(work.schema.questions, answers);
      const { schema_version } = work.item;
      finish("answer", { kind: "answer", answers: sent, notes: work.notes, active_ms: timer.read(), schema_version });
    },
    skip: () => finish("skip", { kind: "skip" }),
    flag: (reason: string) => finish("flag", { kind: "flag", reason }),
    undo() {
      const last = queue.done.at(-1);
      if (!last) return;
      if (last.work.visit === "new") post(last.work, { kind: "undo" });
      drafts.keep(last.work, last.work, last.work.spentMs);
      dispatch({ type: "undone" });
    },
    /** Shows a record done before, with its answer or with `answers`, to be revised. */
    async open(taskId: number, answers?: Answers) {
      const found = await workFor(await fetchItem(project.id, taskId));
      dispatch({ type: "opened", work: answers ? { ...found, answers } : found });
    },
    /** Closes a record that was opened to be revised, without a change. */
    putAside() {
      if (work?.visit !== "again") return;
      drafts.drop(work);
      dispatch({ type: "putAside" });
    },
    lookAgain: () => dispatch({ type: "resumed" }),
  };
}

export type QueueAtHand = ReturnType<typeof useQueue>;

function useWorkFor(projectId: number, personId: number, leaseMs: number): (item: Item) => Promise<Work> {
  const client = useQueryClient();
  return useCallback(
    async (item) => {
      const schema = await schemaOf(client, projectId, item.schema_version);
      await fetchAhead(schema.questions);
      const until = localEnd(item.lease_expires_at, leaseMs, Date.now());
      return workOn(item, schema, until, keptDraft(personId, item.task_id));
    },
    [client, projectId, personId, leaseMs],
  );
}
