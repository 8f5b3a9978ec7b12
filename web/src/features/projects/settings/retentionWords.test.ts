import { describe, expect, it } from "vitest";
import { days, dueInWords } from "./retentionWords";

describe("retention in words", () => {
  it("says days, and for good", () => {
    expect([1, 30, 3650, null].map(days)).toEqual(["1 day", "30 days", "3,650 days", "for good"]);
  });

  it("says what goes, and how old it is", () => {
    const due = { kind: "uploads", count: 2, examples: ["a.csv", "b.csv"], oldest: "2026-05-04T09:00:00Z" };
    expect(dueInWords(due)).toBe("2 uploaded files, the oldest of May 4, 2026:");
    expect(dueInWords({ ...due, kind: "people", count: 1 })).toBe("1 person of the finished project, of May 4, 2026:");
    expect(dueInWords({ ...due, kind: "of_a_newer_server" })).toContain("2 of_a_newer_server");
  });
});
