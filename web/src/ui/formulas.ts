/**
 * Formulas in Markdown: `\( \)` and `$ $` within a line, `\[ \]` and `$$ $$` apart. Each becomes a code span that carries
 * a mark, so that Markdown leaves what stands in it alone; whoever draws code spans finds the mark and draws a formula.
 * Code keeps its dollars, and so do prices: a `$` opens only before a character and closes only after one, not before a
 * digit, as in Pandoc.
 */

export type Formula = { readonly tex: string; readonly apart: boolean };

const MARK = "\ue000";
const LONGEST = 5_000;
const LONGEST_WITH_DOLLARS = 1_000;

export function hasFormulas(text: string): boolean {
  return text.includes("$") || text.includes("\\(") || text.includes("\\[");
}

/** The formula that a code span carries; nothing for a code span that is code. */
export function formulaIn(code: unknown): Formula | undefined {
  if (typeof code !== "string" || !code.startsWith(MARK)) return undefined;
  return { tex: code.slice(2), apart: code[1] === "d" };
}

/** Markdown whose formulas are marked code spans. One pass; nothing is looked for twice in vain. */
export function withFormulas(text: string): string {
  const closers = new Closers(text);
  let [out, kept, at] = ["", 0, 0];
  while (at < text.length) {
    const sign = text[at];
    const found = sign === "`" || sign === "~" ? undefined : formulaAt(text, at, closers);
    if (found) {
      out += text.slice(kept, at) + spanOf(found);
      at = kept = found.end;
    } else if (sign === "`" || sign === "~") at = afterCode(text, at, closers);
    else if (sign === "\\") at += 2;
    else if (sign === "$") at += runAt(text, at);
    else at = nextSign(text, at + 1);
  }
  return out + text.slice(kept);
}

type Found = Formula & { end: number };

function formulaAt(text: string, at: number, closers: Closers): Found | undefined {
  const opener = text.slice(at, at + 2);
  if (opener === "\\(") return between(text, at, "\\)", false, closers);
  if (opener === "\\[") return between(text, at, "\\]", true, closers);
  if (opener === "$$") return between(text, at, "$$", true, closers);
  return text[at] === "$" ? withDollars(text, at) : undefined;
}

function between(text: string, at: number, closer: string, apart: boolean, closers: Closers): Found | undefined {
  const end = closers.next(closer, at + 2);
  const tex = end === -1 || end - at > LONGEST ? "" : text.slice(at + 2, end);
  return isFormula(tex) ? { tex, apart, end: end + 2 } : undefined;
}

function withDollars(text: string, at: number): Found | undefined {
  if (/\s/.test(text[at + 1] ?? " ")) return undefined;
  const most = Math.min(text.length, at + LONGEST_WITH_DOLLARS);
  for (let end = at + 1; end < most; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === "\n" && text[end + 1] === "\n") return undefined;
    else if (text[end] === "`") return undefined;
    else if (text[end] === "$") {
      const closes = !/\s/.test(text[end - 1] ?? "") && !/\d/.test(text[end + 1] ?? "");
      const tex = text.slice(at + 1, end);
      return closes && isFormula(tex) ? { tex, apart: false, end: end + 1 } : undefined;
    }
  }
  return undefined;
}

function isFormula(tex: string): boolean {
  return tex.trim() !== "" && !/\n\s*\n/.test(tex) && !tex.includes(MARK);
}

/** Fenced longer than any run of backticks inside, on one line: quotes and lists may stand around it. */
function spanOf({ tex, apart }: Formula): string {
  const runs = (tex.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const line = tex.trim().replaceAll(/\n[ \t]*(?:>[ \t]?)*/g, " ");
  return `${fence}${MARK}${apart ? "d" : "i"}${line}${line.endsWith("`") ? " " : ""}${fence}`;
}

/** Behind a fenced block, or behind a code span; behind the run of signs where it is neither. */
function afterCode(text: string, at: number, closers: Closers): number {
  const length = runAt(text, at);
  const fence = text.slice(at, at + length);
  const isLineStart = /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, at - 40), at));
  if (length >= 3 && isLineStart) {
    const end = closers.next(`\n${fence}`, at + length);
    return end === -1 ? text.length : end + 1 + length;
  }
  if (fence[0] === "~") return at + length;
  for (let end = closers.next(fence, at + length); end !== -1; end = closers.next(fence, end)) {
    const run = runAt(text, end);
    if (run === length) return end + run;
    end += run;
  }
  return at + length;
}

function runAt(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

function nextSign(text: string, from: number): number {
  const sign = /[`~$\\]/g;
  sign.lastIndex = from;
  return sign.exec(text)?.index ?? text.length;
}

/** Where a closing sign stands next; one that stands nowhere any more is not looked for again. */
class Closers {
  readonly #gone = new Set<string>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  next(closer: string, from: number): number {
    if (this.#gone.has(closer)) return -1;
    const at = this.#text.indexOf(closer, from);
    if (at === -1) this.#gone.add(closer);
    return at;
  }
}
