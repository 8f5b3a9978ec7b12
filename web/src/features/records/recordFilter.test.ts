import { expect, test } from "vitest";
import {
  countAboutAnswers,
  EVERYTHING,
  filterFrom,
  isFiltered,
  pairOf,
  sameFilter,
  searchFrom,
  toggledIn,
} from "./recordFilter";

test("an address with one value or many is read the same way", () => {
  expect(filterFrom({ state: "disputed" }).state).toEqual(["disputed"]);
  expect(filterFrom({ state: ["disputed", "new"], facet: "a:b", annotator: "3" })).toEqual({
    ...EVERYTHING,
    state: ["disputed", "new"],
    facet: ["a:b"],
    annotator: [3],
  });
});

test("what does not exist is left out", () => {
  const odd = { state: ["lost"], facet: ["nonsense"], sort: "name", q: 12, annotator: "Ada", answered_from: "soon" };
  expect(filterFrom(odd)).toEqual({ ...EVERYTHING, q: "12" });
});

test("a filter comes back from its address", () => {
  const filter = filterFrom({
    q: "parcel",
    state: ["new"],
    facet: ["channel:e:mail"],
    open_comments: true,
    given: ["topic:a:b"],
    annotator: [3, 4],
    answered_until: "2026-05-04T22:00:00.000Z",
    sort: "-id",
  });
  expect(countAboutAnswers(filter)).toBe(3);
  expect(filterFrom(searchFrom(filter))).toEqual(filter);
  expect(searchFrom(filterFrom({}))).toEqual({});
  expect(isFiltered(filterFrom({}))).toBe(false);
  expect(isFiltered(filterFrom({ open_comments: "true" }))).toBe(true);
});

test("a facet's value may hold colons", () => expect(pairOf("url:http://x")).toEqual(["url", "http://x"]));

test("toggling puts in and takes out", () => {
  expect(toggledIn(["a"], "b")).toEqual(["a", "b"]);
  expect(toggledIn(["a", "b"], "a")).toEqual(["b"]);
});

test("filters are the same in whatever order they were chosen", () => {
  expect(sameFilter({ facet: ["a:b", "c:d"] }, { q: "", facet: ["c:d", "a:b"], sort: "id" })).toBe(true);
  expect(sameFilter({ state: ["new"] }, { state: ["new"], sort: "-id" })).toBe(false);
  expect(sameFilter({ open_comments: true }, { open_comments: false })).toBe(false);
  expect(sameFilter({ annotator: [4, 3], answered_from: null }, { annotator: [3, 4] })).toBe(true);
});
