/**
 * Places in a text, counted two ways. Answers count Unicode code points, as Python does; a browser counts UTF-16 code
 * units, of which an emoji has two. This is the one place where the one becomes the other. Combining characters are
 * code points of their own in both counts.
 */

export type Offsets = {
  /** From code points (of an answer) to code units (of the browser). Beyond the end is the end. */
  toUnits(points: number): number;
  /** From code units to code points. In the middle of a pair of surrogates is before it. */
  toPoints(units: number): number;
};

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

export function offsetsOf(text: string): Offsets {
  const pairs = [...text.matchAll(PAIR)].map((match) => match.index);
  if (pairs.length === 0) {
    const within = (at: number) => Math.min(Math.max(at, 0), text.length);
    return { toUnits: within, toPoints: within };
  }
  return {
    toUnits(points) {
      const before = countWhile(pairs, (unit, nth) => unit - nth < points);
      return Math.min(Math.max(points, 0) + before, text.length);
    },
    toPoints(units) {
      const within = Math.min(Math.max(units, 0), text.length);
      const before = countWhile(pairs, (unit) => unit + 1 < within);
      const inside = pairs[before] !== undefined && pairs[before] + 1 === within;
      return within - before - (inside ? 1 : 0);
    },
  };
}

/** How many items at the start fulfil a condition that, once broken, stays broken: a binary search. */
function countWhile(sorted: readonly number[], holds: (value: number, index: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
