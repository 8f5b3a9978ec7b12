/** Days as a date input holds them ("2026-05-04"), and the moments at which they begin and end here. */

export function startOfDay(day: string): string | null {
  return day ? new Date(`${day}T00:00:00`).toISOString() : null;
}

/** The first moment that is no longer of the day. */
export function afterDay(day: string): string | null {
  if (!day) return null;
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}

/** The day in which a moment lies here; "" for none. */
export function dayIn(moment: string | null): string {
  return moment ? localDay(new Date(moment)) : "";
}

/** The last day that has a moment before this one; "" for none. */
export function lastDayBefore(moment: string | null): string {
  return moment ? localDay(new Date(Date.parse(moment) - 1)) : "";
}

function localDay(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
