/** How long records stay with the person, told on this browser's clock, which may be wrong. */
import type { Work } from "./queue";

/** A lease never lasts longer than the policy says, and counts as short when the clocks disagree: then it is renewed soon. */
export function localEnd(leaseExpiresAt: string, leaseMs: number, nowMs: number): number {
  const left = new Date(leaseExpiresAt).getTime() - nowMs;
  return nowMs + Math.min(Math.max(left, 0), leaseMs);
}

/** Records whose lease is half gone while somebody works. Nobody there: nothing is renewed, and the records go back. */
export function dueForRenewal(works: readonly Work[], leaseMs: number, nowMs: number, idleMs: number): number[] {
  if (idleMs > leaseMs / 2) return [];
  const held = works.filter((work) => work.visit === "new" && work.untilMs > nowMs);
  const due = held.some((work) => work.untilMs - nowMs < leaseMs / 2);
  return due ? held.map((work) => work.item.task_id) : [];
}

/** Records that went back while nobody was here. */
export function ended(works: readonly Work[], nowMs: number): number[] {
  return works.filter((work) => work.visit === "new" && work.untilMs <= nowMs).map((work) => work.item.task_id);
}
