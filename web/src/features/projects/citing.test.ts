import { expect, test } from "vitest";
import { citingParts } from "./citing";
import { sectionsOf } from "./guidelineSections";

const sections = sectionsOf("# Late and broken {#edge-late}\n\n# Unsure\n");
const told = (text: string) => citingParts(text, sections).map((part) => part.section?.title ?? part.text);

test("a text cites the passages whose anchors stand in it, and no others", () => {
  expect(told("See #edge-late, not #edge-early or #1.")).toEqual([
    "See ",
    "Late and broken",
    ", not #edge-early or #1.",
  ]);
  expect(told("#unsure")).toEqual(["Unsure"]);
  expect(told("")).toEqual([]);
});
