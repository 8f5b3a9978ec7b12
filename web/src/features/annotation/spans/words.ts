/** A selection that walks over a text word by word. Places are UTF-16 code units, as the browser selects them. */

export type Selected = { readonly anchor: number; readonly focus: number };
type Word = { readonly start: number; readonly end: number };

const WINDOW = 600;
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export const startOf = ({ anchor, focus }: Selected) => Math.min(anchor, focus);
export const endOf = ({ anchor, focus }: Selected) => Math.max(anchor, focus);
const whole = ({ start, end }: Word): Selected => ({ anchor: start, focus: end });

/** The word at `at`, or the nearest after it, or before it; nothing in a text without words. */
export function wordAt(text: string, at: number): Selected | undefined {
  const here = wordsAround(text, at).find((word) => word.end > at);
  const word = here ?? wordBefore(text, at + 1);
  return word && whole(word);
}

/** The word that a point of the text lies in or at the end of; nothing between words. */
export function wordTouched(text: string, at: number): Selected | undefined {
  const word = wordsAround(text, at).find(({ start, end }) => start <= at && at <= end);
  return word && whole(word);
}

/** The next word, or the one before, as a selection of its own. */
export function stepped(text: string, from: Selected, by: 1 | -1): Selected | undefined {
  const word = by === 1 ? wordAfter(text, endOf(from)) : wordBefore(text, startOf(from));
  return word && whole(word);
}

/** The selection with one more word on the side of its focus, or one less where that leads back towards its anchor. */
export function extended(text: string, from: Selected, by: 1 | -1): Selected {
  const { anchor, focus } = from;
  const grows = by === 1 ? focus >= anchor : focus <= anchor;
  if (grows) {
    const next = by === 1 ? wordAfter(text, focus) : wordBefore(text, focus);
    return next ? { anchor, focus: by === 1 ? next.end : next.start } : from;
  }
  const inside = wordsAround(text, focus).filter((word) => word.start >= startOf(from) && word.end <= endOf(from));
  const kept = by === 1 ? inside.slice(1) : inside.slice(0, -1);
  const edge = by === 1 ? kept[0]?.start : kept.at(-1)?.end;
  return edge === undefined ? from : { anchor, focus: edge };
}

/** The selection with its end, or its start, one character further right or left; never empty. */
export function nudged(text: string, from: Selected, edge: "start" | "end", by: 1 | -1): Selected {
  let [start, end] = [startOf(from), endOf(from)];
  if (edge === "end") end = characterBeside(text, end, by);
  else start = characterBeside(text, start, by);
  return start < end ? { anchor: start, focus: end } : from;
}

/** Without white space at its ends; nothing if that was all. */
export function trimmed(text: string, from: Selected): Selected | undefined {
  const picked = text.slice(startOf(from), endOf(from));
  const start = startOf(from) + (picked.length - picked.trimStart().length);
  const end = start + picked.trim().length;
  return start < end ? { anchor: start, focus: end } : undefined;
}

function wordAfter(text: string, at: number): Word | undefined {
  for (let from = at; from < text.length; from += WINDOW) {
    const word = wordsAround(text, from).find(({ start }) => start >= at);
    if (word) return word;
  }
  return undefined;
}

function wordBefore(text: string, at: number): Word | undefined {
  for (let from = at; from > 0; from -= WINDOW) {
    const word = wordsAround(text, from).findLast(({ end }) => end <= at);
    if (word) return word;
  }
  return undefined;
}

/** The words of the text near `at`; cut between two blanks, so that no word is cut. */
function wordsAround(text: string, at: number): readonly Word[] {
  const from = text.lastIndexOf(" ", Math.max(0, at - WINDOW)) + 1;
  const blank = text.indexOf(" ", at + WINDOW);
  const to = blank === -1 ? text.length : Math.min(blank, at + 20 * WINDOW);
  const found: Word[] = [];
  for (const { segment, index, isWordLike } of words.segment(text.slice(from, to)))
    if (isWordLike) found.push({ start: from + index, end: from + index + segment.length });
  return found;
}

function characterBeside(text: string, at: number, by: 1 | -1): number {
  const from = Math.max(0, at - 64);
  const near = [...characters.segment(text.slice(from, at + 64))].map(({ index }) => from + index);
  near.push(Math.min(text.length, at + 64));
  return (by === 1 ? near.find((one) => one > at) : near.findLast((one) => one < at)) ?? at;
}
