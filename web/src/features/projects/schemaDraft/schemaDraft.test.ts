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

describe("questions that point into the record or at each other", () => {
  const add = (type: "span" | "ranking" | "edit") => after(start(), { do: "add question", type });
  const last = (draft: Draft) => draft.questions.at(-1);
  const change = (draft: Draft, to: object) =>
    after(draft, { do: "change question", id: last(draft)?.id ?? 0, to: { title: "New", ...to } });

  test("come out as they went in", () => {
    const base = { title: "x", required: true, allow_note: true, help: null };
    const asked: Question[] = [
      {
        ...base,
        name: "names",
        type: "span",
        when: { question: "intent", any_of: ["refund"] },
        fields: ["text"],
        options: [
          { value: "a", title: "A", help: null, key: null, parent: null },
          { value: "b", title: "B", help: null, key: null, parent: "a" },
        ],
        leaves_only: true,
        allow_overlap: false,
        min_spans: 1,
        max_spans: 3,
      },
      {
        ...base,
        name: "order",
        type: "ranking",
        when: null,
        fields: ["text", "other"],
        options: null,
        allow_ties: false,
      },
      { ...base, name: "fix", type: "edit", when: null, field: "text", roles: ["user"], max_length: 10 },
    ];
    expect(contentOf(draftOf({ fields, questions: asked }, true)).questions).toEqual(asked);
  });
  test("say what they still need", () => {
    expect(texts(change(add("span"), {}))).toEqual(["Add the options to choose from."]);
    expect(texts(change(add("ranking"), {}))).toEqual(["Choose two fields or more."]);
    expect(texts(change(add("ranking"), { ranks: "options" }))).toEqual(["Add two options or more."]);
    expect(texts(change(add("edit"), { field: "" }))).toEqual(["Choose the text or chat that is rewritten."]);
  });
  test("follow a name that changes", () => {
    const draft = change(add("edit"), { when: { question: "intent", any_of: ["refund"] } });
    const [field] = draft.fields;
    const renamed = after(
      { ...draft, questions: draft.questions.map((one) => ({ ...one, known: false })) },
      { do: "change question", id: draft.questions[0]?.id ?? 0, to: { name: "purpose" } },
      { do: "change field", id: field?.id ?? 0, to: { name: "message" } },
    );
    expect(last(renamed)).toMatchObject({ field: "message", when: { question: "purpose" } });
    expect(texts(renamed)).toEqual([]);
  });
  test("cannot wait for a question that comes later, nor for an answer that nobody can give", () => {
    const waiting = change(add("edit"), { when: { question: "intent", any_of: ["gone"] } });
    expect(texts(waiting)).toEqual(["Choose after which answers to “What is wanted?” it is asked."]);
    const id = waiting.questions[0]?.id ?? 0;
    const later = after(waiting, { do: "move down", id }, { do: "move down", id });
    expect(texts(later)).toEqual(["It is asked after a question that no longer comes before it."]);
  });
  test("an option cannot lie below itself", () => {
    const [refund, other] = start().questions[0]?.options ?? [];
    const ring = after(
      start(),
      { do: "change option", id: refund?.id ?? 0, to: { parent: "other" } },
      { do: "change option", id: other?.id ?? 0, to: { parent: "refund" } },
    );
    expect(texts(ring)).toEqual(["An option lies below itself, or below one that is gone."]);
    const renamed = after(
      start(),
      { do: "change option", id: refund?.id ?? 0, to: { parent: "other" } },
      { do: "change option", id: other?.id ?? 0, to: { value: "rest" } },
    );
    expect(renamed.questions[0]?.options[0]?.parent).toBe("rest");
  });
});
