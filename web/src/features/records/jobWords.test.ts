import { expect, test } from "vitest";
import { progressInWords, resultInWords, titleOfJob } from "./jobWords";

const ended = {
  kind: "import",
  state: "done" as const,
  dry_run: false,
  result: { created: 1200, unchanged: 3, rejected: 1 },
  progress: { done: 1204, total: 1204, unit: "rows" },
  started_at: "2026-01-01T10:00:00Z",
  finished_at: "2026-01-01T10:00:04Z",
};

test("an import tells what is new, known and rejected, and its time", () => {
  expect(resultInWords(ended)).toBe("1,200 new records, 3 known already, 1 row rejected in 4 s");
});

test("a check says would", () => {
  expect(resultInWords({ ...ended, dry_run: true, result: { created: 1 } })).toBe(
    "1 record would be new, no row rejected in 4 s",
  );
});

test("a project from another tool tells what came and what did not", () => {
  const result = { records: 2, answers: 3, skipped: 1, drafts: 0, suggestions: 0, rejected: 0, left_behind: 1 };
  const brought = { ...ended, kind: "bring", result };
  expect(resultInWords(brought)).toBe("2 records, 3 answers, 1 skip, 1 detail left behind in 4 s");
  expect(titleOfJob({ kind: "bring", dry_run: false, title: "export.zip" })).toBe("Project from export.zip");
});

test("a stopped one tells how far it came", () => {
  const words = resultInWords({ ...ended, state: "cancelled", progress: { done: 500, total: 1204, unit: "rows" } });
  expect(words).toMatch(/^Stopped after 500 rows: 1,200 new records/);
});

test("an estimate that was too small grows with the work", () => {
  expect(progressInWords({ progress: { done: 1500, total: 1204, unit: "rows" } })).toBe("1,500 of about 1,500 rows");
});

test("a job is called after its file or its release, where that is known", () => {
  expect(titleOfJob({ kind: "import", dry_run: false, title: "mails.csv" })).toBe("Import of mails.csv");
  expect(titleOfJob({ kind: "import", dry_run: true, title: null })).toBe("Check of a file");
  expect(titleOfJob({ kind: "release", dry_run: false, title: "First set" })).toBe("Build of First set");
});

test("a deed on many tells what it changed, and what it left and why", () => {
  const progress = { done: 1500, total: 1500, unit: "records" };
  const bulk = { ...ended, kind: "restore_records", progress, result: { changed: 1498, erased: 0, changed_since: 2 } };
  expect(resultInWords(bulk)).toBe("1,498 records back, 2 changed since in 4 s");
  expect(titleOfJob({ kind: "steer_queue", dry_run: false, title: null })).toBe("Change of the queue");
});
