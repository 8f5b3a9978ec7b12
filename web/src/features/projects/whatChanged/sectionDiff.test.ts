import { expect, test } from "vitest";
import { changedSections } from "./sectionDiff";

const told = (before: string, after: string) =>
  changedSections(before, after).map(({ kind, section }) => `${kind} ${section.title}`);

test("sections are told apart by their anchors", () => {
  const before = "# A\n\nOne.\n\n## Late {#edge-late}\n\nText.\n\n## Gone\n";
  const after = "# A\n\nOne.\n\n## Fresh\n\n## Much too late {#edge-late}\n\nText.\n";
  expect(told(before, after)).toEqual(["new Fresh", "changed Much too late", "gone Gone"]);
});

test("another order alone changes nothing", () => {
  expect(told("# A\n\n# B\n", "# B\n\n# A\n")).toEqual([]);
});
