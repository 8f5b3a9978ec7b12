/** A guideline, cut at its headings: what one can jump to, search in, and cite. */

export type GuidelineSection = {
  /** "when-two-labels-fit"; stays the same as long as the heading does. */
  readonly anchor: string;
  readonly title: string;
  readonly level: number;
  /** The heading and the text under it, up to the next heading of any level. */
  readonly body: string;
};

const HEADING = /^(#{1,4})\s+(.+?)\s*#*\s*$/;
const FENCE = /^\s*(```|~~~)/;

export function sectionsOf(markdown: string): readonly GuidelineSection[] {
  const sections: { title: string; level: number; lines: string[] }[] = [];
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (FENCE.test(line)) fenced = !fenced;
    const heading = fenced ? null : HEADING.exec(line);
    if (heading) sections.push({ title: plain(heading[2] ?? ""), level: heading[1]?.length ?? 1, lines: [line] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(line);
    else if (line.trim()) sections.push({ title: "", level: 1, lines: [line] });
  }
  return withAnchors(sections.map(({ lines, ...rest }) => ({ ...rest, body: lines.join("\n") })));
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

function withAnchors(sections: readonly Omit<GuidelineSection, "anchor">[]): readonly GuidelineSection[] {
  const used = new Map<string, number>();
  return sections.map((section) => {
    const wish = anchorOf(section.title) || "start";
    const times = used.get(wish) ?? 0;
    used.set(wish, times + 1);
    return { ...section, anchor: times ? `${wish}-${times}` : wish };
  });
}

/** A heading without its Markdown signs. */
function plain(heading: string): string {
  return heading.replaceAll(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
}
