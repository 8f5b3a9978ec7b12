/** An edge case or example as Markdown with an anchor of its own, and its place in the text being written. */
import { sectionsOf } from "../guidelineSections";

export type CaseKind = "edge" | "example";
export type CaseDraft = { kind: CaseKind; title: string; excerpt: string; answer: string; why: string };

/** The text with the case behind the section in which the caret stands, and where the caret stands then. */
export function withCase(text: string, caret: number, draft: CaseDraft): { text: string; caret: number } {
  const sections = sectionsOf(text);
  const lines = text.split("\n");
  const line = text.slice(0, caret).split("\n").length - 1;
  const at = sections.findLastIndex((section) => section.line <= line);
  const here = sections[at];
  const end = sections[at + 1]?.line ?? lines.length;
  const level = Math.min(4, here ? (here.kind === "rule" ? here.level + 1 : here.level) : 2);
  const anchor = freeAnchor(draft, new Set(sections.map((section) => section.anchor)));
  const before = lines.slice(0, end).join("\n").trimEnd();
  const after = lines.slice(end).join("\n").trimStart();
  const upTo = [before, caseText(draft, anchor, level)].filter(Boolean).join("\n\n");
  return { text: `${[upTo, after].filter(Boolean).join("\n\n").trimEnd()}\n`, caret: upTo.length };
}

export function caseText({ title, excerpt, answer, why }: CaseDraft, anchor: string, level: number): string {
  const quoted = excerpt
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd());
  return [
    `${"#".repeat(level)} ${oneLine(title)} {#${anchor}}`,
    excerpt.trim() && quoted.join("\n"),
    answer.trim() && `**Answer:** ${oneLine(answer)}`,
    why.trim() && `**Why:** ${oneLine(why)}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function freeAnchor({ kind, title }: CaseDraft, taken: ReadonlySet<string>): string {
  const plain = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  const wish = `${kind}-${words || "case"}`;
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}

function oneLine(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}
