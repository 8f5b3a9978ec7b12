import { describe, expect, test } from "vitest";
import type { Field } from "@/features/projects";
import { missingFields, type Part, partOf, wholeMapping, withPart } from "./mapping";

const guess = wholeMapping({ external_id: "id", fields: { text: "body" }, metadata: ["channel"] });
const field = (name: string, required: boolean): Field => ({
  name,
  type: "text",
  title: null,
  required,
  markdown: false,
});

test("every column is seen as the part it plays", () => {
  const seen = ["id", "body", "channel", "other"].map((column) => partOf(guess, column));
  expect(seen).toEqual(["external_id", "field:text", "metadata", "nothing"]);
});

describe("a column that becomes something else", () => {
  test("gives up what it was", () => {
    const next = withPart(guess, "channel", "attributes");
    expect(next.metadata).toEqual([]);
    expect(next.attributes).toEqual(["channel"]);
  });
  test("takes a field from the column that had it", () => {
    const next = withPart(guess, "other", "field:text");
    expect(next.fields).toEqual({ text: "other" });
    expect(partOf(next, "body")).toBe("nothing");
  });
  test("can become nothing", () => expect(partOf(withPart(guess, "id", "nothing"), "id")).toBe("nothing"));
  test("is afterwards seen as that", () => {
    const parts: Part[] = ["external_id", "metadata", "attributes", "sensitive", "holdout", "field:text", "nothing"];
    for (const part of parts) expect(partOf(withPart(guess, "other", part), "other")).toBe(part);
  });
});

test("a required field without a column is missing, an optional one is not", () => {
  const fields = [field("text", true), field("title", true), field("note", false)];
  expect(missingFields(guess, fields).map((one) => one.name)).toEqual(["title"]);
});
