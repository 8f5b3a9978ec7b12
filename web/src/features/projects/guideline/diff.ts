/** What changed between two texts: lines first, then words inside the lines that were rewritten. */

export type Part = { kind: "same" | "added" | "removed"; text: string };
export type Line = { kind: "same" | "added" | "removed"; parts: readonly Part[] };

export function diffLines(before: string, after: string): readonly Line[] {
  const steps = diff(linesOf(before), linesOf(after));
  const lines: Line[] = [];
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (!step) break;
    if (step.kind === "same") {
      lines.push({ kind: "same", parts: [step] });
      at++;
      continue;
    }
    const removed = run(steps, at, "removed");
    const added = run(steps, at + removed.length, "added");
    lines.push(...rewritten(removed, added));
    at += removed.length + added.length;
  }
  return lines;
}

/** Only what changed, with `around` lines of context; `null` stands for lines left out. */
export function folded(lines: readonly Line[], around = 2): ReadonlyArray<Line | null> {
  const near = new Set<number>();
  lines.forEach((line, at) => {
    if (line.kind !== "same") for (let i = at - around; i <= at + around; i++) near.add(i);
  });
  return lines.flatMap((line, at) => {
    if (near.has(at)) return [line];
    return at === 0 || near.has(at - 1) ? [null] : [];
  });
}

export function changes(lines: readonly Line[]): { added: number; removed: number } {
  const of = (kind: Line["kind"]) => lines.filter((line) => line.kind === kind).length;
  return { added: of("added"), removed: of("removed") };
}

/** Pairs removed with added lines in their order, and marks the words that differ within a pair. */
function rewritten(removed: readonly Part[], added: readonly Part[]): Line[] {
  const pairs = removed.map((line, at) => wordsOf(line.text, added[at]?.text));
  const before = removed.map((line, at) => ({ kind: "removed" as const, parts: pairs[at]?.before ?? [line] }));
  const after = added.map((line, at) => ({ kind: "added" as const, parts: pairs[at]?.after ?? [line] }));
  return [...before, ...after];
}

function wordsOf(before: string, after: string | undefined): { before: Part[]; after: Part[] } | undefined {
  if (after === undefined) return undefined;
  const steps = diff(tokens(before), tokens(after));
  const kept = steps.filter((step) => step.kind === "same").reduce((n, step) => n + step.text.trim().length, 0);
  if (kept * 3 < Math.max(before.length, after.length)) return undefined;
  return {
    before: joined(steps.filter((step) => step.kind !== "added")),
    after: joined(steps.filter((step) => step.kind !== "removed")),
  };
}

function joined(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last?.kind === part.kind) out[out.length - 1] = { kind: part.kind, text: last.text + part.text };
    else out.push(part);
  }
  return out;
}

function run(steps: readonly Part[], from: number, kind: Part["kind"]): Part[] {
  const end = steps.findIndex((step, at) => at >= from && step.kind !== kind);
  return steps.slice(from, end === -1 ? undefined : end);
}

/** Longest common subsequence between equal beginning and end; removed parts come before added ones. */
function diff(before: readonly string[], after: readonly string[]): Part[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (texts: readonly string[]): Part[] => texts.map((text) => ({ kind: "same", text }));
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [...same(before.slice(0, start)), ...middle, ...same(before.slice(before.length - end))];
}

function between(before: readonly string[], after: readonly string[]): Part[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [a, b] = [before[i], after[j]];
    if (a !== undefined && a === b) {
      parts.push({ kind: "same", text: a });
      i++;
      j++;
    } else if (a !== undefined && (b === undefined || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: "removed", text: a });
      i++;
    } else if (b !== undefined) {
      parts.push({ kind: "added", text: b });
      j++;
    }
  }
  return parts;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function tokens(line: string): string[] {
  return line.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}
