/** How marks lie over a text: each in a lane where it crosses no other, the text cut wherever a mark begins or ends. */

/** A mark in UTF-16 code units of one text. */
export type Mark = {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly hue: number;
  readonly note?: string | undefined;
  /** Somebody else's: drawn apart from one's own, with how many people stand behind it. */
  readonly behind?: string | undefined;
};
export type Laid = Mark & { readonly lane: number };
/** A stretch of text with the same marks throughout; `ends` are those whose last character is its last. */
export type Segment = { readonly start: number; readonly end: number; readonly marks: readonly Laid[] };
/** A part of a text that is drawn by itself. `block`: it begins a line. */
export type Chunk = { readonly start: number; readonly end: number; readonly block: boolean };

const LONGEST_CHUNK = 1_500;
/** Longer lines are broken on the screen: a browser lays out a line anew as a whole, 100 kB of it in some 40 ms. */
const LONGEST_LINE = 6_000;

/** Every mark in the first lane that is free where it begins; longer ones first where several begin together. */
export function laid(marks: readonly Mark[]): readonly Laid[] {
  const ends: number[] = [];
  return marks
    .toSorted((a, b) => a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : 1))
    .map((mark) => {
      const free = ends.findIndex((end) => end <= mark.start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = mark.end;
      return { ...mark, lane };
    });
}

/** The text between `start` and `end`, cut into segments. `marks` may reach beyond. */
export function segmentsOf(start: number, end: number, marks: readonly Laid[]): readonly Segment[] {
  const cuts = new Set([start, end]);
  for (const mark of marks) for (const at of [mark.start, mark.end]) if (at > start && at < end) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, at) => {
    const to = sorted[at + 1] ?? end;
    return { start: from, end: to, marks: marks.filter((mark) => mark.start < to && mark.end > from) };
  });
}

/** Lines, with their line breaks; long ones in pieces that end after a blank, so that no piece is dear to draw anew. */
export function chunksOf(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    const line = text.indexOf("\n", start);
    const end = line === -1 ? text.length : line + 1;
    for (let from = start, block = start; from < end; ) {
      const to = end - from > LONGEST_CHUNK ? pieceEnd(text, from) : end;
      if (from - block >= LONGEST_LINE) block = from;
      chunks.push({ start: from, end: to, block: from === block });
      from = to;
    }
    start = end;
  }
  return chunks;
}

function pieceEnd(text: string, from: number): number {
  const most = from + LONGEST_CHUNK;
  const blank = text.lastIndexOf(" ", most - 1);
  if (blank > from) return blank + 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return splitsPair ? most - 1 : most;
}

/** The marks of each chunk, found in one pass over both; marks are sorted by their start. */
export function marksByChunk(chunks: readonly Chunk[], marks: readonly Laid[]): ReadonlyArray<readonly Laid[]> {
  const found: Laid[][] = chunks.map(() => []);
  let first = 0;
  for (const mark of marks) {
    while ((chunks[first]?.end ?? Number.POSITIVE_INFINITY) <= mark.start) first++;
    for (let at = first; (chunks[at]?.start ?? Number.POSITIVE_INFINITY) < mark.end; at++) found[at]?.push(mark);
  }
  return found;
}
