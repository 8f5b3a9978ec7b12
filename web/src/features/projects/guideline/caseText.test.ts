import { expect, test } from "vitest";
import { sectionsOf } from "../guidelineSections";
import { withCase } from "./caseText";

const draft = {
  kind: "edge",
  title: "Late & broken",
  excerpt: "Late.\n# Broken",
  answer: "Complaint",
  why: "",
} as const;
const TEXT = "# G\n\n## Edge cases\n\nSee below.\n\n## When unsure\n\nAsk.\n";

test("a case comes behind the section that is being written, under an anchor of its own", () => {
  const { text, caret } = withCase(TEXT, TEXT.indexOf("See"), draft);
  expect(text).toBe(
    "# G\n\n## Edge cases\n\nSee below.\n\n### Late & broken {#edge-late-broken}\n\n> Late.\n> # Broken\n\n**Answer:** Complaint\n\n## When unsure\n\nAsk.\n",
  );
  expect(text.slice(0, caret).endsWith("Complaint")).toBe(true);
  const twice = withCase(text, caret, draft).text;
  expect(sectionsOf(twice).map((one) => `${one.level} ${one.anchor}`)).toContain("3 edge-late-broken-2");
});

test("an empty guideline takes one too", () => {
  expect(withCase("", 0, { ...draft, kind: "example", excerpt: "", answer: "" }).text).toBe(
    "## Late & broken {#example-late-broken}\n",
  );
});
