import { expect, test } from "vitest";
import { agreementIn, bytesIn, countsIn, excludedInWords, leastSimilarityIn, sealedIn, versionIn } from "./manifest";

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

test("an unknown reason is still readable", () => expect(excludedInWords("too_long")).toBe("too long"));

test("what is kept apart from holdout records is counted with its similarity", () => {
  const sealed = {
    excluded: { holdout: 2, copy_of_holdout: 1, near_duplicate_of_holdout: 3 },
    near_duplicates: { measure: "jaccard", at_least: 0.8 },
  };
  expect([leastSimilarityIn(sealed), sealedIn(sealed)]).toEqual([0.8, 4]);
  expect([leastSimilarityIn(manifest), sealedIn(manifest)]).toEqual([null, 0]);
  expect(leastSimilarityIn({ near_duplicates: null })).toBeNull();
});
