/** Which entries answer what was typed, best first. Pure. */

export type Findable = { title: string /** More words it is found by. */; also?: string };

/** Every word typed must begin a word of the entry, or (later in the list) stand anywhere in it. */
export function ranked<E extends Findable>(entries: readonly E[], typed: string): E[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const scored = entries.map((entry, at) => ({ entry, at, score: scoreOf(entry, words) }));
  return scored
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map((one) => one.entry);
}

function scoreOf({ title, also = "" }: Findable, words: readonly string[]): number {
  const name = folded(title);
  const all = `${name} ${folded(also)}`;
  if (!words.every((word) => all.includes(word))) return 0;
  if (name.startsWith(words.join(" "))) return 4;
  const begins = all.split(/[^\p{L}\p{N}]+/u);
  if (!words.every((word) => begins.some((begin) => begin.startsWith(word)))) return 1;
  return words.every((word) => name.includes(word)) ? 3 : 2;
}

/** "Übersicht" is found by "uber". */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
