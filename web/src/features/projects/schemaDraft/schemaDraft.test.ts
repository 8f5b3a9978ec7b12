import { describe, expect, test } from "vitest";
import { redone, stepped, undoable, undone } from "@/lib/undoable";
import type { Field, Question } from "../queries";
import { contentOf, type Draft, draftOf } from "./draft";
import { type Edit, edited } from "./edits";
import { faultsOf } from "./faults";
import { free, nameFrom } from "./naming";

const fields: Field[] = [{ name: "text", type: "text", title: "Text", required: true, markdown: false }];
const label: Question = {
  name: "intent",
  type: "label",
  title: "What is wanted?",
  required: true,
  allow_note: false,
  when: null,
  help: null,
  leaves_only: false,
  options: [
    { value: "refund", title: "Refund", help: null, key: "r", parent: null },
    { value: "other", title: "Other", help: null, key: null, parent: null },
  ],
};
const rating: Question = {
  name: "tone",
  type: "rating",
  title: "Tone?",
  required: true,
  allow_note: false,
  when: null,
  help: null,
  min: 1,
  max: 5,
  low_title: "Bad",
  high_title: null,
};
const start = (known = true) => draftOf({ fields, questions: [label, rating] }, known);
const after = (draft: Draft, ...edits: Edit[]) => edits.reduce(edited, draft);
const texts = (draft: Draft) => faultsOf(draft).map((fault) => fault.text);

test("a schema comes out of its draft as it went in", () => {
  expect(contentOf(start())).toEqual({ fields, questions: [label, rating] });
});

describe("names", () => {
  test("are made from titles", () => {
    expect(nameFrom("What is wrong with it?")).toBe("what_is_wrong_with_it");
    expect(nameFrom("2. Größe, Ton")).toBe("grosse_ton");
    expect(nameFrom("…")).toBe("");
  });
  test("give way to others", () => expect(free("tone", new Set(["tone", "tone_2"]))).toBe("tone_3"));
  test("follow the title while nobody chose them", () => {
    const draft = after(start(), { do: "add question", type: "text" });
    const id = draft.questions.at(-1)?.id ?? 0;
    const titled = after(draft, { do: "change question", id, to: { title: "Tone" } });
    expect(titled.questions.at(-1)?.name).toBe("tone_2");
    const chosen = after(
      titled,
      { do: "change question", id, to: { name: "voice" } },
      { do: "change question", id, to: { title: "x" } },
    );
    expect(chosen.questions.at(-1)?.name).toBe("voice");
  });
  test("that answers carry stay when the title changes", () => {
    const id = start().questions[0]?.id ?? 0;
    expect(after(start(), { do: "change question", id, to: { title: "New" } }).questions[0]?.name).toBe("intent");
  });
});

describe("order and removal", () => {
  test("a question moves, and stops at the end", () => {
    const [first] = start().questions;
    const down = after(start(), { do: "move down", id: first?.id ?? 0 });
    expect(down.questions.map((q) => q.name)).toEqual(["tone", "intent"]);
    expect(after(down, { do: "move down", id: first?.id ?? 0 }).questions.map((q) => q.name)).toEqual([
      "tone",
      "intent",
    ]);
  });
  test("an option moves inside its question", () => {
    const option = start().questions[0]?.options[1];
    const up = after(start(), { do: "move up", id: option?.id ?? 0 });
    expect(up.questions[0]?.options.map((o) => o.value)).toEqual(["other", "refund"]);
  });
  test("a field that records carry cannot be dropped, a question can", () => {
    const draft = start();
    expect(after(draft, { do: "drop", id: draft.fields[0]?.id ?? 0 }).fields).toHaveLength(1);
    expect(after(draft, { do: "drop", id: draft.questions[0]?.id ?? 0 }).questions).toHaveLength(1);
  });
  test("a new field can be dropped", () => {
    const draft = after(start(), { do: "add field" });
    expect(after(draft, { do: "drop", id: draft.fields[1]?.id ?? 0 }).fields).toHaveLength(1);
  });
});

test("many options are added at once, each with a value of its own", () => {
  const draft = start();
  const id = draft.questions[0]?.id ?? 0;
  const more = after(draft, { do: "add options", id, titles: ["Other", "Billing", "Billing"] });
  expect(more.questions[0]?.options.map((o) => o.value)).toEqual([
    "refund",
    "other",
    "other_2",
    "billing",
    "billing_2",
  ]);
  expect(new Set(more.questions[0]?.options.map((o) => o.id)).size).toBe(5);
});

describe("faults", () => {
  test("a sound schema has none", () => expect(texts(start())).toEqual([]));
  test("a new choice question wants a title and options", () => {
    expect(texts(after(start(), { do: "add question", type: "label" }))).toEqual([
      "Give the question a title.",
      "Add the options to choose from.",
    ]);
  });
  test("two options with one key are told", () => {
    const option = start().questions[0]?.options[1];
    expect(texts(after(start(), { do: "change option", id: option?.id ?? 0, to: { key: "r" } }))).toEqual([
      "Two options have the same key.",
    ]);
  });
  test("a scale needs steps, a preference two fields", () => {
    const id = start().questions[1]?.id ?? 0;
    expect(texts(after(start(), { do: "change question", id, to: { max: 1 } }))[0]).toContain("2 to 21 steps");
    expect(texts(after(start(), { do: "change question", id, to: { type: "preference" } }))[0]).toContain(
      "two different fields",
    );
  });
});

test("typing in one place is one step back, and undo can be undone", () => {
  let state = undoable("a");
  state = stepped(state, "ab", "title");
  state = stepped(state, "abc", "title");
  state = stepped(state, "x", null);
  expect(undone(state).now).toBe("abc");
  expect(undone(undone(state)).now).toBe("a");
  expect(redone(undone(state)).now).toBe("x");
});
