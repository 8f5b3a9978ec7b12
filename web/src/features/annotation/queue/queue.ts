/**
 * The records at hand: `ahead[0]` is on screen, the others wait behind it, `done` holds what was finished here and can be
 * taken back. Every change is an event; none of them waits for the network.
 */
import { firstMissing } from "../answers";
import type { Answers, Batch, Item, Notes, Progress, Schema } from "../shapes";

export type Work = {
  readonly item: Item;
  /** The schema version this record is asked under. */
  readonly schema: Schema;
  readonly answers: Answers;
  readonly notes: Notes;
  /** The question people are at. */
  readonly at: string;
  /** Active time before this visit. */
  readonly spentMs: number;
  /** `again`: it was answered before, and the answer will be a revision. */
  readonly visit: "new" | "again";
  /** When the lease ends, on this browser's clock. */
  readonly untilMs: number;
};

export type Deed = "answer" | "skip" | "flag";
export type Done = { readonly work: Work; readonly deed: Deed };

export type Queue = {
  readonly ahead: readonly Work[];
  readonly done: readonly Done[];
  readonly asking: boolean;
  /** The server had no more when last asked. */
  readonly dry: boolean;
  /** The last batch held nothing new; asking again at once would be pointless. */
  readonly stalled: boolean;
  readonly progress: Progress | null;
  /** Counts the records shown, so that the screen knows a new one from a changed one. */
  readonly turn: number;
  /** The lease of the record on screen ended while nobody was here. */
  readonly late: boolean;
};

export type QueueEvent =
  | { type: "asked" }
  | { type: "askFailed" }
  | { type: "arrived"; batch: Batch; wanted: number; works: readonly Work[]; settled: boolean }
  | { type: "answered"; answers: Answers; at: string }
  | { type: "noted"; notes: Notes }
  | { type: "finished"; deed: Deed; spentMs: number }
  | { type: "finishedElsewhere"; taskId: number }
  | { type: "undone" }
  | { type: "opened"; work: Work }
  | { type: "putAside" }
  | { type: "renewed"; taskIds: readonly number[]; untilMs: number }
  | { type: "ended"; taskIds: readonly number[] }
  | { type: "resumed" };

export const LOW_WATER = 3;
export const HIGH_WATER = 5;

export const emptyQueue: Queue = {
  ahead: [],
  done: [],
  asking: false,
  dry: false,
  stalled: false,
  progress: null,
  turn: 0,
  late: false,
};

/** How many records to ask for now; 0 when there is no need. */
export function wanted(queue: Queue): number {
  if (queue.asking || queue.dry || queue.stalled) return 0;
  const held = queue.ahead.filter((work) => work.visit === "new").length;
  return held < LOW_WATER ? HIGH_WATER - held : 0;
}

type Kept = { answers: Answers; notes?: Notes; active_ms: number };

export function workOn(item: Item, schema: Schema, untilMs: number, kept?: Kept): Work {
  const draft = kept ?? item.draft ?? undefined;
  const answers = (draft?.answers ?? item.answers ?? {}) as Answers;
  const notes = (draft ? draft.notes : item.notes) ?? {};
  const visit = item.state === "submitted" ? "again" : "new";
  const at = firstMissing(schema.questions, answers)?.name ?? schema.questions[0]?.name ?? "";
  return { item, schema, answers, notes, at, spentMs: draft?.active_ms ?? 0, visit, untilMs };
}

export function queueReducer(queue: Queue, event: QueueEvent): Queue {
  switch (event.type) {
    case "asked":
      return { ...queue, asking: true };
    case "askFailed":
      return { ...queue, asking: false, stalled: true };
    case "arrived":
      return arrived(queue, event);
    case "answered":
      return changeFirst(queue, (work) => ({ ...work, answers: event.answers, at: event.at }));
    case "noted":
      return changeFirst(queue, (work) => ({ ...work, notes: event.notes }));
    case "finished":
      return finished(queue, event.deed, event.spentMs);
    case "finishedElsewhere":
      return finishedElsewhere(queue, event.taskId);
    case "undone":
      return undone(queue);
    case "opened":
      return { ...queue, ahead: [event.work, ...without(queue.ahead, event.work.item.task_id)], turn: queue.turn + 1 };
    case "putAside":
      return { ...queue, ahead: queue.ahead.slice(1), turn: queue.turn + 1 };
    case "renewed":
      return { ...queue, ahead: queue.ahead.map((work) => renewed(work, event.taskIds, event.untilMs)) };
    case "ended":
      return event.taskIds.length > 0 ? ended(queue, event.taskIds) : queue;
    case "resumed":
      return queue.dry || queue.stalled ? { ...queue, dry: false, stalled: false } : queue;
  }
}

function arrived(queue: Queue, event: Extract<QueueEvent, { type: "arrived" }>): Queue {
  const ahead = new Set(queue.ahead.map((work) => work.item.task_id));
  const done = new Set(queue.done.map(({ work }) => work.item.task_id));
  const mayCome = (work: Work) => !done.has(work.item.task_id) || (event.settled && wasSentBack(work));
  const isNew = (work: Work) => !ahead.has(work.item.task_id) && mayCome(work);
  const fresh = event.works.filter(isNew);
  const back = new Set(fresh.filter(wasSentBack).map((work) => work.item.task_id));
  return {
    ...queue,
    done: queue.done.filter(({ work }) => !back.has(work.item.task_id)),
    asking: false,
    dry: event.batch.items.length < event.wanted,
    stalled: fresh.length === 0,
    ahead: [
      ...queue.ahead.slice(0, 1),
      ...fresh.filter(wasSentBack),
      ...queue.ahead.slice(1),
      ...fresh.filter((work) => !wasSentBack(work)),
    ],
    progress: event.settled || !queue.progress ? event.batch.progress : queue.progress,
    turn: queue.ahead.length === 0 && fresh.length > 0 ? queue.turn + 1 : queue.turn,
  };
}

/** A reviewer wants it corrected: it goes before everything but the record on screen. */
function wasSentBack({ item }: Work): boolean {
  return item.state === "open" && item.reason !== null;
}

/** Its answer is one more: neither a revision nor a correction. */
function isFirst(work: Work): boolean {
  return work.visit === "new" && !wasSentBack(work);
}

function finished(queue: Queue, deed: Deed, spentMs: number): Queue {
  const [work, ...ahead] = queue.ahead;
  if (!work) return queue;
  const counts = deed === "answer" && isFirst(work);
  return {
    ...queue,
    ahead,
    done: [...queue.done, { work: { ...work, spentMs }, deed }],
    progress: counts ? moved(queue.progress, 1) : queue.progress,
    stalled: false,
    late: false,
    turn: queue.turn + 1,
  };
}

/** Another tab finished it: what waits here unanswered goes, a revision that somebody opened on purpose stays. */
function finishedElsewhere(queue: Queue, taskId: number): Queue {
  const ahead = queue.ahead.filter((work) => work.item.task_id !== taskId || work.visit === "again");
  if (ahead.length === queue.ahead.length) return queue;
  const isNextShown = ahead[0] !== queue.ahead[0];
  return { ...queue, ahead, turn: isNextShown ? queue.turn + 1 : queue.turn, late: isNextShown ? false : queue.late };
}

function undone(queue: Queue): Queue {
  const last = queue.done.at(-1);
  if (!last) return queue;
  const counted = last.deed === "answer" && isFirst(last.work);
  return {
    ...queue,
    ahead: [last.work, ...queue.ahead],
    done: queue.done.slice(0, -1),
    progress: counted ? moved(queue.progress, -1) : queue.progress,
    turn: queue.turn + 1,
  };
}

/** Waiting records go; the one on screen stays, because somebody is at it and late answers are accepted. */
function ended(queue: Queue, taskIds: readonly number[]): Queue {
  const [first, ...rest] = queue.ahead;
  if (!first) return queue;
  return {
    ...queue,
    ahead: [first, ...rest.filter((work) => !taskIds.includes(work.item.task_id))],
    dry: false,
    stalled: false,
    late: taskIds.includes(first.item.task_id),
  };
}

function renewed(work: Work, taskIds: readonly number[], untilMs: number): Work {
  return taskIds.includes(work.item.task_id) ? { ...work, untilMs } : work;
}

function moved(progress: Progress | null, by: 1 | -1): Progress | null {
  return progress && { ...progress, mine_today: progress.mine_today + by, mine_total: progress.mine_total + by };
}

function changeFirst(queue: Queue, change: (work: Work) => Work): Queue {
  const [work, ...rest] = queue.ahead;
  return work ? { ...queue, ahead: [change(work), ...rest] } : queue;
}

function without(works: readonly Work[], taskId: number): readonly Work[] {
  return works.filter((work) => work.item.task_id !== taskId);
}
