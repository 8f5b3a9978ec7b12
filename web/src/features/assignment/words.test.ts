import { expect, test } from "vitest";
import { changeInWords, endOfDay, laneInWords, selectionInWords } from "./words";

const change = { priority: null, due_at: null, no_due_date: false, skills: null, people: null };

test("a change tells only what it changes", () => {
  expect(changeInWords({ ...change, priority: 2, skills: ["german", "law"] }, String)).toBe(
    "priority 2, for people who know german and law",
  );
  expect(changeInWords({ ...change, people: [7] }, () => "Ada")).toBe("only for Ada");
  expect(changeInWords({ ...change, skills: [] }, String)).toBe("for anybody");
});

test("lanes and selections have words where they are empty", () => {
  expect(laneInWords({ skills: [], among: [] })).toBe("Anybody");
  const among = ["Ada", "Ben", "Cleo", "Dan", "Eve"].map((name, id) => ({ id, name }));
  expect(laneInWords({ skills: [], among: among.slice(0, 1) })).toBe("Only Ada");
  expect(laneInWords({ skills: [], among })).toBe("Only Ada, Ben, Cleo and 2 more");
  expect(selectionInWords({ q: null, states: [], facets: [], open_comments: false })).toBe("Every record");
  expect(selectionInWords({ q: "vat", states: [], facets: [], open_comments: true })).toBe("“vat” · open comments");
});

test("what is due by a day is due at its end", () => {
  expect(new Date(endOfDay("2026-06-01")).getHours()).toBe(23);
});
