/** Days as a chart needs them: every day from the first to the last, also those on which nobody worked. */
import type { DayWork } from "./api/overview";

const DAY_MS = 86_400_000;
const AT_LEAST = 14;

export function withoutGaps(days: readonly DayWork[]): readonly DayWork[] {
  if (days.length === 0) return [];
  const known = new Map(days.map((one) => [one.day, one]));
  const times = days.map((one) => Date.parse(one.day));
  const last = Math.max(...times);
  const first = Math.min(...times, last - (AT_LEAST - 1) * DAY_MS);
  const all = Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, at) => dateOf(first + at * DAY_MS));
  return all.map((date) => known.get(date) ?? { day: date, submitted: 0, active_ms: 0 });
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
