import { expect, test } from "vitest";
import type { Question, Schema } from "../queries";
import { changesOf, takenBack } from "./takenBack";
import { differences } from "./words";

const label = (name: string, options: Record<string, string>, more: Partial<Question> = {}) =>
  ({
    name,
    type: "label",
    title: `${name}?`,
    required: true,
    allow_note: false,
    leaves_only: false,
    options: Object.entries(options).map(([value, title]) => ({ value, title })),
    ...more,
  }) as Question;
const content = (...questions: Question[]) => ({ fields: [], questions });
const before = content(
  label("topic", { refund: "Refund", late: "Late", lost: "Lost", x: "Other" }),
  label("tone", { a: "A" }),
);

test("changes are told by titles, the rest is found by comparing", () => {
  const after = content(
    label("matter", { full: "Full", part: "Part", delivery: "Delivery", new: "New" }, { required: false }),
    label("place", { here: "Here" }),
  );
  expect(
    differences(before, after, [
      { op: "rename_question", question: "topic", to: "matter" },
      { op: "split_label", question: "topic", label: "refund", into: ["full", "part"] },
      { op: "merge_labels", question: "topic", labels: ["late", "lost"], into: "delivery" },
      { op: "remove_label", question: "topic", label: "x" },
      { op: "remove_question", question: "tone" },
    ]),
  ).toEqual([
    "The question “topic?” is called matter in the data.",
    "In “topic?”, “Refund” is split into “Full” and “Part”.",
    "In “topic?”, “Late” and “Lost” become one: “Delivery”.",
    "In “topic?”, “Other” can be chosen no longer.",
    "The question “tone?” is asked no longer.",
    "“topic?” is now asked as “matter?”.",
    "In “matter?”, “New” can be chosen too.",
    "“matter?” may be left open.",
    "“place?” is a new question. It must be answered.",
  ]);
});

test("a title alone is a change of words, not of answers", () => {
  const after = content(
    label("topic", { refund: "Money back", late: "Late", lost: "Lost", x: "Other" }),
    label("tone", { a: "A" }),
  );
  expect(differences(before, after, [])).toEqual(["In “topic?”, “Refund” is now called “Money back”."]);
});

test("going back tells what is taken back along the tree of versions", () => {
  const version = (number: number, parent: number | null, of: ReturnType<typeof content>): Schema =>
    ({ version: number, parent, changes: [], note: "", created_at: "", ...of }) as unknown as Schema;
  const more = content(...before.questions, label("place", { here: "Here" }));
  const versions = [version(4, 1, before), version(3, 2, more), version(2, 1, more), version(1, null, before)];
  expect(changesOf(versions, 2)).toEqual(["“place?” is a new question. It must be answered."]);
  expect(takenBack(versions, 2, 1)).toEqual(["Taken back: “place?” is a new question. It must be answered."]);
  expect(takenBack(versions, 4, 3)).toEqual(["Again: “place?” is a new question. It must be answered."]);
});
