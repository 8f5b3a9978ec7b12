/** Mentions while they are typed, and as they are read. Pure. */

export type Typed = { start: number; word: string };

const MOST_OFFERED = 6;

/** The `@name` that is being typed before the caret, or null. Names have spaces, so a few words may belong to it. */
export function typedMention(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  const start = before.lastIndexOf("@");
  if (start === -1 || /[\p{L}\p{N}_@]/u.test(before[start - 1] ?? "")) return null;
  const word = before.slice(start + 1);
  return /\n/.test(word) || word.length > 60 || /^\s/.test(word) ? null : { start, word };
}

/** Who fits what is typed: those whose name begins so first, then those with a word that does. */
export function offered<One extends { handle: string }>(people: readonly One[], word: string): readonly One[] {
  const wanted = word.toLowerCase();
  const begins = (text: string) => text.toLowerCase().startsWith(wanted);
  const first = people.filter((one) => begins(one.handle));
  const others = people.filter((one) => !begins(one.handle) && one.handle.split(/\s+/).some(begins));
  return [...first, ...others].slice(0, MOST_OFFERED);
}

/** The text with the mention written out, and where the caret goes. */
export function withMention(
  text: string,
  caret: number,
  typed: Typed,
  handle: string,
): { text: string; caret: number } {
  const written = `@${handle} `;
  const rest = text.slice(caret).replace(/^ /, "");
  return { text: text.slice(0, typed.start) + written + rest, caret: typed.start + written.length };
}

/** Whom a text would tell, longest names first so that "Ann Lee" is not taken for "Ann". */
export function toldBy<One extends { handle: string }>(text: string, people: readonly One[]): readonly One[] {
  const byLength = [...people].sort((a, b) => b.handle.length - a.handle.length);
  if (byLength.length === 0) return [];
  const found = new Set([...text.matchAll(patternOf(byLength.map((one) => one.handle)))].map((m) => low(m[1])));
  return people.filter((one) => found.has(low(one.handle)));
}

export const MENTION = "#@";

/** Markdown in which each mention is a link of its own kind, to be drawn as a mention. */
export function withMentionLinks(body: string, mentions: readonly string[]): string {
  if (mentions.length === 0) return body;
  const longest = [...new Set(mentions)].sort((a, b) => b.length - a.length);
  return body.replace(patternOf(longest), (_, name: string) => `[@${name.replace(/[[\]\\]/g, "\\$&")}](${MENTION})`);
}

const PASSAGE = /(?<![\w([/`#])#((?:edge|example)-[a-z0-9-]*[a-z0-9])/g;

/** Markdown in which the address of an edge case or example, written as it is, is a link to it. */
export function withPassageLinks(body: string): string {
  return body.replace(PASSAGE, (address) => `[${address}](${address})`);
}

function patternOf(names: readonly string[]): RegExp {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}_@])@(${escaped.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
}

function low(text: string | undefined): string {
  return (text ?? "").toLowerCase();
}
