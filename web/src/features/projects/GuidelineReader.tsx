/** The guideline as people read it beside their work: searchable, cut at its headings, each heading with its address. */
import { CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Components } from "react-markdown";
import { Markdown } from "@/ui";
import classes from "./GuidelineReader.module.css";
import { type GuidelineSection, matching, sectionsOf } from "./guidelineSections";

type GuidelineReaderProps = {
  body: string;
  /** Lets people choose a section, to cite it. */
  onPick?: (section: GuidelineSection) => void;
  picked?: string | null;
  /** What is said under a section besides its text: who cites it. */
  about?: (section: GuidelineSection) => ReactNode;
};

/** Links within the guideline lead to their passage here; all others leave. */
const WITHIN: Components = {
  a: ({ href, children }) =>
    href?.startsWith("#") ? (
      <button type="button" className={classes.within} onClick={() => showSection(decodeURIComponent(href.slice(1)))}>
        {children}
      </button>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
};

const KINDS = { edge: "Edge case", example: "Example" };

export function GuidelineReader({ body, onPick, picked = null, about }: GuidelineReaderProps) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const sections = useMemo(() => sectionsOf(body), [body]);
  const found = matching(sections, wanted);
  const text = useRef<HTMLDivElement>(null);
  useHighlight(text, wanted, found.length);
  if (!body.trim()) return <p className={classes.nothing}>This project has no guideline yet.</p>;
  return (
    <div className={classes.reader}>
      <TextInput
        className={classes.search}
        size="sm"
        placeholder="Search the guideline"
        aria-label="Search the guideline"
        leftSection={<Search size={15} />}
        rightSection={search && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setSearch("")} />}
        value={search}
        onChange={(e) => setSearch(e.currentTarget.value)}
        onKeyDown={(e) => e.key === "Escape" && (search ? setSearch("") : e.currentTarget.blur())}
      />
      {!wanted && <Contents sections={sections} />}
      <p className="unseen" role="status">
        {wanted ? `${found.length} sections found` : ""}
      </p>
      <div ref={text} className={classes.text}>
        {found.map((section) => (
          <section
            key={section.anchor}
            id={`guideline-${section.anchor}`}
            data-picked={section.anchor === picked || undefined}
            data-kind={section.kind}
          >
            {section.kind !== "rule" && <p className={classes.kind}>{KINDS[section.kind]}</p>}
            <Markdown text={section.body} components={WITHIN} />
            {about?.(section)}
            {onPick && section.title && (
              <button
                type="button"
                className={classes.pick}
                aria-pressed={section.anchor === picked}
                onClick={() => onPick(section)}
              >
                {section.anchor === picked ? "Cited" : "Cite this passage"}
              </button>
            )}
          </section>
        ))}
        {found.length === 0 && <p className={classes.nothing}>No section holds “{wanted}”.</p>}
      </div>
    </div>
  );
}

function Contents({ sections }: { sections: readonly GuidelineSection[] }) {
  const titled = sections.filter((section) => section.title && section.level > 1);
  if (titled.length < 4) return null;
  const top = Math.min(...titled.map((section) => section.level));
  return (
    <details className={classes.contents}>
      <summary>Contents</summary>
      <ul>
        {titled.map((section) => (
          <li key={section.anchor} style={{ paddingLeft: (section.level - top) * 12 }}>
            <button type="button" onClick={() => showSection(section.anchor)}>
              {section.title}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function showSection(anchor: string): void {
  const behavior = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  document.getElementById(`guideline-${anchor}`)?.scrollIntoView({ block: "start", behavior });
}

/** Marks what was searched, where the browser can mark text without touching it. */
function useHighlight(root: React.RefObject<HTMLElement | null>, search: string, found: number): void {
  useEffect(() => {
    if (!("highlights" in CSS) || !root.current) return;
    const words =
      found > 0
        ? search
            .toLowerCase()
            .split(/\s+/)
            .filter((word) => word.length > 1)
        : [];
    CSS.highlights.set("search", new Highlight(...rangesOf(root.current, words)));
    return () => void CSS.highlights.delete("search");
  }, [root, search, found]);
}

function rangesOf(root: HTMLElement, words: readonly string[]): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.nodeValue ?? "").toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
