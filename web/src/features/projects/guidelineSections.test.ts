import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { anchorOf, matching, readable, sectionsOf } from "./guidelineSections";

const GUIDE = `Before all.

# Reading a message

Take the main wish.

## Edge cases

Late parcel.

\`\`\`
# not a heading
\`\`\`

## Edge cases

Again.`;

test("a guideline is cut at its headings, code left alone", () => {
  expect(sectionsOf(GUIDE).map((s) => [s.level, s.title])).toEqual([
    [1, ""],
    [1, "Reading a message"],
    [2, "Edge cases"],
    [2, "Edge cases"],
  ]);
});

test("anchors are readable and differ from each other", () => {
  expect(sectionsOf(GUIDE).map((s) => s.anchor)).toEqual(["start", "reading-a-message", "edge-cases", "edge-cases-1"]);
  expect(anchorOf("Größe & **Maß**?")).toBe("größe--maß");
});

test("nothing of the guideline is lost by cutting", () => {
  expect(
    sectionsOf(GUIDE)
      .map((s) => s.body)
      .join("\n")
      .replaceAll(/\s+/g, " "),
  ).toBe(GUIDE.replaceAll(/\s+/g, " "));
});

test("a search finds sections that hold every word", () => {
  expect(matching(sectionsOf(GUIDE), "PARCEL late").map((s) => s.anchor)).toEqual(["edge-cases"]);
  expect(matching(sectionsOf(GUIDE), "  ")).toHaveLength(4);
  expect(matching(sectionsOf(GUIDE), "nowhere")).toHaveLength(0);
});

test("a guideline is cut as the server cuts it", () => {
  const agreed = JSON.parse(readFileSync("../contracts/guideline-sections.json", "utf8"));
  const found = sectionsOf(agreed.body).map((one) => [one.anchor, one.title, one.level, one.kind, one.line]);
  expect(found).toEqual(agreed.sections);
});

test("the anchor a heading carries is not read", () => {
  expect(readable("## Late {#edge-late}\n\nText.")).toBe("## Late\n\nText.");
});
