/** A value with its past and future. Edits of the same kind in a row count as one step. */

export type Undoable<T> = { past: readonly T[]; now: T; future: readonly T[]; last: string | null };

const MOST_STEPS = 200;

export function undoable<T>(now: T): Undoable<T> {
  return { past: [], now, future: [], last: null };
}

/** `kind` names the edit: typing in one input is one kind, so that undo takes back words, not letters. */
export function stepped<T>(state: Undoable<T>, next: T, kind: string | null): Undoable<T> {
  if (next === state.now) return state;
  const goesOn = kind !== null && kind === state.last;
  const past = goesOn ? state.past : [...state.past, state.now].slice(-MOST_STEPS);
  return { past, now: next, future: [], last: kind };
}

export function undone<T>(state: Undoable<T>): Undoable<T> {
  const before = state.past.at(-1);
  if (before === undefined) return state;
  return { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], last: null };
}

export function redone<T>(state: Undoable<T>): Undoable<T> {
  const [after, ...future] = state.future;
  if (after === undefined) return state;
  return { past: [...state.past, state.now], now: after, future, last: null };
}
