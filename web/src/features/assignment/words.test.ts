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
  const nameOf = (id: number) => `person ${id}`;
  expect(selectionInWords({ q: null, states: [], facets: [], open_comments: false }, nameOf)).toBe("Every record");
  expect(selectionInWords({ q: "vat", open_comments: true }, nameOf)).toBe("“vat” · open comments");
  const answered = { given: ["topic:refund"], annotator: [7], answered_from: "2026-05-04T00:00:00Z" };
  expect(selectionInWords(answered, nameOf)).toBe(
    "answered topic:refund · answered by person 7 · answered since 4 May 2026",
  );
});

test("what is due by a day is due at its end", () => {
  expect(new Date(endOfDay("2026-06-01")).getHours()).toBe(23);
});
