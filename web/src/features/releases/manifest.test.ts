import { expect, test } from "vitest";
import { agreementIn, bytesIn, countsIn, excludedInWords, versionIn } from "./manifest";

const manifest = {
  excluded: { holdout: 14, unresolved: 127 },
  content: { bytes: 47_221 },
  schema: { version: 2 },
  agreement: { intent: { alpha: { value: 0.7, low: 0.6, high: 0.8, n_items: 99 } }, note: { alpha: { value: null } } },
};

test("counts come largest first", () => {
  expect(countsIn(manifest, "excluded")).toEqual([
    { name: "unresolved", n: 127 },
    { name: "holdout", n: 14 },
  ]);
});

test("agreement keeps its interval, and its absence", () => {
  expect(agreementIn(manifest)).toEqual([
    { question: "intent", value: 0.7, low: 0.6, high: 0.8, n_items: 99 },
    { question: "note", value: null, low: null, high: null, n_items: 0 },
  ]);
});

test("what an older manifest lacks is missing, not an error", () => {
  expect(agreementIn(null)).toEqual([]);
  expect(countsIn({}, "excluded")).toEqual([]);
  expect(bytesIn({ content: "?" })).toBeNull();
  expect(versionIn(manifest, "guideline")).toBeNull();
});

test("an unknown reason is still readable", () => expect(excludedInWords("near_duplicate")).toBe("near duplicate"));
