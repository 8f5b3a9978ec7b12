/**
 * A guideline, cut at its headings: what one can jump to, search in, and cite. The server cuts the same way
 * (`guideline/sections.py`); `contracts/guideline-sections.json` holds both to it.
 */

export type GuidelineSection = {
  /** A heading's own (`{#edge-late}`), which stays whatever becomes of its words; else made from the words. */
  readonly anchor: string;
  readonly title: string;
  readonly level: number;
  readonly kind: "rule" | "example" | "edge";
  /** The line of the text on which it begins. */
  readonly line: number;
  /** The heading and the text under it, up to the next heading of any level; without the heading's anchor. */
  readonly body: string;
};

type Cut = { title: string; level: number; own: string | null; line: number; lines: string[] };

const HEADING = /^(#{1,4})[ \t]+(.+?)[ \t]*#*[ \t\r]*$/;
const FENCE = /^[ \t]*(```|~~~)/;
const OWN = /^(.*?)[ \t]*\{#([a-z][a-z0-9-]{0,99})\}$/;

export function sectionsOf(markdown: string): readonly GuidelineSection[] {
  const cuts: Cut[] = [];
  let fenced = false;
  for (const [line, text] of markdown.split("\n").entries()) {
    if (FENCE.test(text)) fenced = !fenced;
    const heading = fenced ? null : HEADING.exec(text);
    if (heading) cuts.push(cutAt(heading, line));
    else if (cuts.length > 0) cuts.at(-1)?.lines.push(text);
    else if (text.trim()) cuts.push({ title: "", level: 1, own: null, line, lines: [text] });
  }
  return withAnchors(cuts);
}

/** The whole guideline as it is read: without the anchors that headings carry. */
export function readable(markdown: string): string {
  return sectionsOf(markdown)
    .map((section) => section.body)
    .join("\n");
}

/** Sections that hold every word of the search; all of them when nothing is searched. */
export function matching(sections: readonly GuidelineSection[], search: string): readonly GuidelineSection[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sections;
  return sections.filter((section) => words.every((word) => section.body.toLowerCase().includes(word)));
}

export function anchorOf(title: string): string {
  const kept = title.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
  return kept.trim().replaceAll(/\s/g, "-");
}

function cutAt([, signs = "#", words = ""]: RegExpExecArray, line: number): Cut {
  const [, before = words, own = null] = OWN.exec(words) ?? [];
  return { title: plain(before), level: signs.length, own, line, lines: [`${signs} ${before}`] };
}

/** Anchors of their own stand; those made from words give way to them and to those before. */
function withAnchors(cuts: readonly Cut[]): readonly GuidelineSection[] {
  const taken = new Set(cuts.flatMap(({ own }) => own ?? []));
  return cuts.map(({ own, lines, ...rest }) => {
    const anchor = own ?? freeAnchor(anchorOf(rest.title) || "start", taken);
    taken.add(anchor);
    return { ...rest, anchor, kind: kindOf(own), body: lines.join("\n") };
  });
}

function freeAnchor(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish;
  for (let n = 1; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}

function kindOf(own: string | null): GuidelineSection["kind"] {
  if (own?.startsWith("edge-")) return "edge";
  return own?.startsWith("example-") ? "example" : "rule";
}

/** A heading without its Markdown signs. */
function plain(heading: string): string {
  return heading.replaceAll(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
}
