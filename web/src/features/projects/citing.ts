/** Passages of the guideline that a text cites by their anchors, as in "see #edge-late". */
import type { GuidelineSection } from "./guidelineSections";

export type CitingPart = { text: string; section?: GuidelineSection };

const CITED = /#([a-z][a-z0-9-]*[a-z0-9])/g;

/** The text in parts; a part that is the anchor of a passage carries the passage. */
export function citingParts(text: string, sections: readonly GuidelineSection[]): readonly CitingPart[] {
  const known = new Map(sections.map((section) => [section.anchor, section]));
  const parts: CitingPart[] = [];
  let from = 0;
  for (const found of text.matchAll(CITED)) {
    const section = known.get(found[1] ?? "");
    if (!section) continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index) });
    parts.push({ text: found[0], section });
    from = found.index + found[0].length;
  }
  return from < text.length ? [...parts, { text: text.slice(from) }] : parts;
}
