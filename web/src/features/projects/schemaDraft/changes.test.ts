import { describe, expect, test } from "vitest";
import type { Field, Question } from "../queries";
import { changesOf, removedOptions } from "./changes";
import { contentOf, type Draft, draftOf, optionsIn } from "./draft";
import { type Edit, edited } from "./edits";

const fields: Field[] = [{ name: "text", type: "text", title: "Text", required: true, markdown: false }];
const shared = { required: true, allow_note: false, help: null } as const;
const option = (value: string, parent: string | null = null) => ({
  value,
  title: value,
  help: null,
  key: null,
  parent,
});
const topic: Question = {
  ...shared,
  name: "topic",
  type: "label",
  title: "Topic?",
  when: null,
  leaves_only: false,
  options: [option("refund"), option("late"), option("lost"), option("other", "lost")],
};
const why: Question = {
  ...shared,
  name: "why",
  type: "text",
  title: "Why?",
  when: { question: "topic", any_of: ["late", "refund"] },
  max_length: 100,
};
const before = [topic, why];
const start = () => draftOf({ fields, questions: before }, true);
const after = (...edits: Array<Edit | ((draft: Draft) => Edit)>) =>
  edits.reduce<Draft>((draft, edit) => edited(draft, typeof edit === "function" ? edit(draft) : edit), start());
const idOf = (draft: Draft, value: string) => draft.questions[0]?.options.find((one) => one.value === value)?.id ?? 0;
const merge =
  (title: string, ...values: string[]) =>
  (draft: Draft): Edit => {
    return {
      do: "merge options",
      id: draft.questions[0]?.id ?? 0,
      ids: values.map((value) => idOf(draft, value)),
      title,
    };
  };
const split =
  (value: string, ...titles: string[]) =>
  (draft: Draft): Edit => {
    return { do: "split option", id: idOf(draft, value), titles };
  };
const rename =
  (value: string, to: string) =>
  (draft: Draft): Edit => {
    return { do: "change option", id: idOf(draft, value), to: { value: to } };
  };
const drop =
  (value: string) =>
  (draft: Draft): Edit => ({ do: "drop", id: idOf(draft, value) });

test("an untouched draft changes nothing", () => expect(changesOf(start(), before)).toEqual([]));

test("a renamed option takes the questions along that wait for it", () => {
  const draft = after(rename("late", "delayed"));
  expect(changesOf(draft, before)).toEqual([{ op: "rename_label", question: "topic", label: "late", to: "delayed" }]);
  expect(draft.questions[1]?.when.any_of).toEqual(["delayed", "refund"]);
});

test("options that are merged become one, children and all", () => {
  const draft = after(merge("Delivery", "late", "lost"));
  expect(changesOf(draft, before)).toEqual([
    { op: "merge_labels", question: "topic", labels: ["late", "lost"], into: "delivery" },
  ]);
  const [now] = contentOf(draft).questions;
  expect(now && optionsIn(now).map(({ value, parent }) => [value, parent])).toEqual([
    ["refund", null],
    ["delivery", null],
    ["other", "delivery"],
  ]);
});

test("merged into one of them, it keeps that one's name", () => {
  const [change] = changesOf(after(merge("lost", "late", "lost")), before);
  expect(change).toEqual({ op: "merge_labels", question: "topic", labels: ["late", "lost"], into: "lost" });
});

describe("a split", () => {
  test("names its parts, and questions wait for any of them", () => {
    const draft = after(split("refund", "Full refund", "Part refund"));
    const into = ["full_refund", "part_refund"];
    expect(changesOf(draft, before)).toEqual([{ op: "split_label", question: "topic", label: "refund", into }]);
    expect(draft.questions[1]?.when.any_of).toEqual(["late", ...into]);
  });
  test("of which one part is left is a removal", () => {
    const draft = after(split("refund", "Full refund", "Part refund"), drop("part_refund"));
    expect(changesOf(draft, before)).toEqual([{ op: "remove_label", question: "topic", label: "refund" }]);
  });
  test("cannot be split or merged once more", () => {
    const once = after(split("refund", "Full refund", "Part refund"));
    expect(edited(once, split("full_refund", "a", "b")(once))).toBe(once);
    expect(edited(once, merge("x", "full_refund", "late")(once))).toBe(once);
  });
});

test("what is removed is known and comes back with its answers", () => {
  const gone = after(drop("late"));
  expect(changesOf(gone, before)).toEqual([{ op: "remove_label", question: "topic", label: "late" }]);
  const [late] = removedOptions(gone.questions[0] as Draft["questions"][number], topic);
  if (!late) throw new Error("nothing was removed");
  const back = edited(gone, { do: "put back option", id: gone.questions[0]?.id ?? 0, option: late });
  expect(changesOf(back, before)).toEqual([]);
});

test("a question keeps its answers under another name, and says when it goes", () => {
  const renamed = after((draft) => ({
    do: "change question",
    id: draft.questions[0]?.id ?? 0,
    to: { name: "matter" },
  }));
  expect(changesOf(renamed, before)).toEqual([{ op: "rename_question", question: "topic", to: "matter" }]);
  const dropped = after((draft) => ({ do: "drop", id: draft.questions[1]?.id ?? 0 }));
  expect(changesOf(dropped, before)).toEqual([{ op: "remove_question", question: "why" }]);
  expect(changesOf(edited(dropped, { do: "put back question", question: why }), before)).toEqual([]);
});
