import { describe, expect, test } from "vitest";
import { changes, diffLines, folded, type Line } from "./diff";

const shown = (lines: ReadonlyArray<Line | null>) =>
  lines.map((line) =>
    line ? `${{ same: " ", added: "+", removed: "-" }[line.kind]}${line.parts.map((p) => p.text).join("")}` : "…",
  );
const rebuilt = (lines: readonly Line[], but: Line["kind"]) =>
  lines
    .filter((line) => line.kind !== but)
    .map((line) => line.parts.map((p) => p.text).join(""))
    .join("\n");

test("equal texts have no changes", () => {
  expect(changes(diffLines("a\nb\n", "a\nb\n"))).toEqual({ added: 0, removed: 0 });
});

test("a line put in between is one added line", () => {
  expect(shown(diffLines("a\nb", "a\nx\nb"))).toEqual([" a", "+x", " b"]);
});

test("both texts can be read back from the difference", () => {
  const before = "# Guide\n\nChoose one.\nNever two.\nEnd";
  const after = "# Guide\n\nChoose exactly one.\nEnd\nReally";
  const lines = diffLines(before, after);
  expect(rebuilt(lines, "added")).toBe(before);
  expect(rebuilt(lines, "removed")).toBe(after);
});

test("in a rewritten line only the words that differ are marked", () => {
  const [before, after] = diffLines("Choose the first label.", "Choose the best label.");
  expect(before?.parts.filter((p) => p.kind === "removed").map((p) => p.text)).toEqual(["first"]);
  expect(after?.parts.filter((p) => p.kind === "added").map((p) => p.text)).toEqual(["best"]);
});

test("lines that share next to nothing are shown whole", () => {
  const [before] = diffLines("completely different words here", "x");
  expect(before?.parts).toEqual([{ kind: "removed", text: "completely different words here" }]);
});

describe("folding", () => {
  const text = (n: number) => Array.from({ length: n }, (_, i) => `line ${i}`).join("\n");
  test("keeps context around a change and leaves the rest out", () => {
    const lines = folded(diffLines(text(20), text(20).replace("line 10", "line ten")), 1);
    expect(shown(lines)).toEqual(["…", " line 9", "-line 10", "+line ten", " line 11", "…"]);
  });
  test("nothing changed, nothing shown", () => expect(folded(diffLines("a", "a"))).toEqual([null]));
});

test("a text from nothing is all added", () => {
  expect(shown(diffLines("", "a\nb"))).toEqual(["+a", "+b"]);
});
