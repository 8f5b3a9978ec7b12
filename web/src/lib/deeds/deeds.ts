/** What a person has done and can take back, across pages. `did({...})` where a deed succeeds; the frame offers Undo. */
import { useSyncExternalStore } from "react";
import { asProblem, type Problem } from "../problem";

export type Deed = {
  /** What was done, in the past: "Deleted the view “Mail”". */
  done: string;
  undo: (tell: Tell) => Promise<unknown>;
  /** Does it again. Without it an undone deed stays undone. */
  redo?: (tell: Tell) => Promise<unknown>;
};

/** Says meanwhile what is going on, where taking back takes its time. */
export type Tell = (words: string) => void;

export type Deeds = {
  /** Done, latest last. */
  past: readonly Deed[];
  /** Undone, next to redo last. */
  undone: readonly Deed[];
  /** What to say now; `turn` grows with each deed, so that the same words are said again. */
  said: { words: string; turn: number; trouble?: Problem } | null;
  busy: boolean;
};

const MOST = 50;
const watchers = new Set<() => void>();
let deeds: Deeds = { past: [], undone: [], said: null, busy: false };

export function did(deed: Deed): void {
  change({ past: [...deeds.past, deed].slice(-MOST), undone: [], ...saying(deed.done) });
}

export async function undoLast(): Promise<void> {
  const deed = deeds.past.at(-1);
  if (!deed || deeds.busy) return;
  await tried(deed.undo, `Taken back: ${deed.done}`, ({ past, undone }) => ({
    past: past.filter((one) => one !== deed),
    undone: deed.redo ? [...undone, deed] : [],
  }));
}

export async function redoNext(): Promise<void> {
  const deed = deeds.undone.at(-1);
  if (!deed?.redo || deeds.busy) return;
  await tried(deed.redo, `Again: ${deed.done}`, ({ past, undone }) => ({
    past: [...past, deed],
    undone: undone.filter((one) => one !== deed),
  }));
}

/** Somebody else is here now. */
export function forgetDeeds(): void {
  change({ past: [], undone: [], said: null });
}

export function hush(): void {
  change({ said: null });
}

/** Whether the note on screen offers to take something back: that is what Ctrl+Z means then, whatever page lies under it. */
export function offersUndo(): boolean {
  return deeds.said !== null && !deeds.said.trouble && deeds.past.length > 0;
}

export function useDeeds(): Deeds {
  return useSyncExternalStore(watch, presentDeeds);
}

export function presentDeeds(): Deeds {
  return deeds;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** A deed that cannot be taken back stays where it is, and the reason is said. Others may be done meanwhile. */
async function tried(run: Deed["undo"], words: string, then: (now: Deeds) => Partial<Deeds>): Promise<void> {
  change({ busy: true });
  try {
    await run((telling) => change(saying(telling)));
    change({ ...then(deeds), ...saying(words), busy: false });
  } catch (error) {
    const trouble = asProblem(error);
    change({ said: { ...saying(trouble.title).said, trouble }, busy: false });
  }
}

function saying(words: string): { said: NonNullable<Deeds["said"]> } {
  return { said: { words, turn: (deeds.said?.turn ?? 0) + 1 } };
}

function change(part: Partial<Deeds>): void {
  deeds = { ...deeds, ...part };
  for (const watcher of watchers) watcher();
}
