/** An order in the making: groups of candidates, best first; who shares a group is tied. Each step is pure. */
import type { Groups } from "../shapes";

type Order = readonly (readonly string[])[];

/** Puts a candidate into the next place. The last one left goes into the last place by itself. */
export function placed(order: Order, candidate: string, all: readonly string[]): Groups {
  if (order.flat().includes(candidate)) return order;
  const next = [...order, [candidate]];
  const left = all.filter((one) => !next.flat().includes(one));
  return left.length === 1 ? [...next, left] : next;
}

export function takenOut(order: Order, candidate: string): Groups {
  return order.map((group) => group.filter((one) => one !== candidate)).filter((group) => group.length > 0);
}

/** One place up or down: out of a tie first, then past the neighbouring group. */
export function moved(order: Order, candidate: string, by: 1 | -1): Groups {
  const at = groupAt(order, candidate);
  const group = order[at];
  if (!group) return order;
  const rest = group.filter((one) => one !== candidate);
  if (rest.length > 0) return order.toSpliced(at, 1, ...(by === -1 ? [[candidate], rest] : [rest, [candidate]]));
  const to = at + by;
  return order[to] ? order.with(at, order[to]).with(to, group) : order;
}

/** Ties a candidate with the group above it; one that is tied already goes below its group by itself. */
export function tied(order: Order, candidate: string): Groups {
  const at = groupAt(order, candidate);
  const group = order[at];
  if (!group) return order;
  if (group.length > 1) return moved(order, candidate, 1);
  const above = order[at - 1];
  return above ? order.toSpliced(at - 1, 2, [...above, candidate]) : order;
}

/** Lays a candidate before the group at `at` (or at the end), or into that group. */
export function dropped(order: Order, candidate: string, at: number, into: boolean): Groups {
  const target = order[at];
  const marked = order.map((group) => ({ group: group.filter((one) => one !== candidate), is: group === target }));
  const whole = marked.flatMap(({ group, is }) => {
    if (is && into) return [[...group, candidate]];
    if (is) return [[candidate], group];
    return [group];
  });
  return (target ? whole : [...whole, [candidate]]).filter((group) => group.length > 0);
}

/** The candidate before or after one in the order; from nothing to the nearest end. */
export function beside(order: Order, candidate: string | undefined, by: 1 | -1): string | undefined {
  const flat = order.flat();
  const at = candidate === undefined ? -1 : flat.indexOf(candidate);
  if (at === -1) return by === 1 ? flat[0] : flat.at(-1);
  return flat[at + by] ?? candidate;
}

/** "1st", or "2nd–3rd" for the two who share the places after it. */
export function placeInWords(order: Order, at: number): string {
  const before = order.slice(0, at).flat().length;
  const size = order[at]?.length ?? 1;
  return size === 1 ? ordinal(before + 1) : `${ordinal(before + 1)}–${ordinal(before + size)}`;
}

/** A, B, C … by place on the screen. */
export function letterOf(at: number): string {
  return String.fromCharCode(65 + (at % 26)) + (at >= 26 ? String(Math.floor(at / 26)) : "");
}

function groupAt(order: Order, candidate: string): number {
  return order.findIndex((group) => group.includes(candidate));
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}
