import { expect, test } from "vitest";
import { sectionsOf } from "@/features/projects/guidelineSections";
import { passageFor } from "./passage";

const sections = sectionsOf("# How to read\n\n## Personal data in numbers\n\n## Personal data\n\n## Tone of voice");

test("the section named like the question comes first", () => {
  expect(passageFor({ name: "personal_data", title: "Which?" }, sections)?.title).toBe("Personal data");
});
test("else one whose title holds its words", () => {
  expect(passageFor({ name: "tone", title: "How?" }, sections)?.title).toBe("Tone of voice");
});
test("and none where nothing fits", () =>
  expect(passageFor({ name: "note", title: "Note" }, sections)).toBeUndefined());
