/**
 * How long somebody really worked on a record. Time counts from one sign of life (key, pointer, scroll) to the next,
 * unless that took more than a minute or the tab was hidden. Times are in milliseconds of one steady clock.
 */
export const LONGEST_PAUSE_MS = 60_000;

export type ActiveTime = {
  readonly countedMs: number;
  /** The last sign of life; null while the tab is hidden. */
  readonly lastSeenMs: number | null;
};

export function startedAt(nowMs: number, alreadyMs = 0): ActiveTime {
  return { countedMs: alreadyMs, lastSeenMs: nowMs };
}

export function seen(time: ActiveTime, nowMs: number): ActiveTime {
  if (time.lastSeenMs === null) return time;
  const gap = nowMs - time.lastSeenMs;
  const counts = gap > 0 && gap <= LONGEST_PAUSE_MS;
  return { countedMs: time.countedMs + (counts ? gap : 0), lastSeenMs: nowMs };
}

export function hidden(time: ActiveTime, nowMs: number): ActiveTime {
  return { ...seen(time, nowMs), lastSeenMs: null };
}

export function shown(time: ActiveTime, nowMs: number): ActiveTime {
  return { ...time, lastSeenMs: nowMs };
}

export function totalMs(time: ActiveTime, nowMs: number): number {
  return Math.round(seen(time, nowMs).countedMs);
}
