import { describe, expect, test } from "vitest";
import type { Question, QuestionOf } from "@/features/projects";
import { comparisonOf, elsewhereOf, firstDisputed, startingAnswers } from "./comparison";

const label: Question = {
  name: "intent",
  type: "label",
  title: "Intent?",
  required: true,
  allow_note: false,
  leaves_only: false,
  options: [
    { value: "refund", title: "Refund" },
    { value: "status", title: "Order status" },
  ],
};
const labels: Question = { ...(label as QuestionOf<"label">), name: "kinds", type: "multi_label", min_choices: 0 };
const note: Question = {
  name: "note",
  type: "text",
  title: "Note",
  required: false,
  allow_note: false,
  max_length: 100,
};
const opinions = [
  { answers: { intent: "refund", kinds: ["refund", "status"], note: "hm" } },
  { answers: { intent: "status", kinds: ["refund"] } },
  { answers: { intent: "refund", kinds: ["refund"] } },
];
const rows = comparisonOf([label, labels, note], [], opinions);

test("a disputed label is shared by nobody and counted", () => {
  expect(rows[0]?.agreed).toBe(false);
  expect(rows[0]?.cells[0]).toEqual([{ text: "Refund", shared: false }]);
  expect(rows[0]?.tally).toEqual([
    { text: "Refund", n: 2 },
    { text: "Order status", n: 1 },
  ]);
});

test("of several labels only those that differ stand out", () => {
  expect(rows[1]?.cells[0]).toEqual([
    { text: "Refund", shared: true },
    { text: "Order status", shared: false },
  ]);
  expect(rows[1]?.cells[1]).toEqual([{ text: "Refund", shared: true }]);
});

test("who left a question open does not disagree", () => {
  expect(rows[2]?.cells).toEqual([[{ text: "hm", shared: true }], [], []]);
  expect(rows[2]?.agreed).toBe(true);
});

const outcome = (question: string, agreed: boolean, value: unknown, kept = false) => ({
  question,
  agreed,
  value,
  share: 1,
  soft: {},
  tally: {},
  kept,
});
const disputed = { decision: null, proposed: null };

test("the expert starts with what is agreed, at what is not", () => {
  const one = { ...disputed, outcomes: [outcome("intent", false, null), outcome("kinds", true, ["refund"])] };
  expect(startingAnswers([label, labels], one)).toEqual({ kinds: ["refund"] });
  expect(firstDisputed([labels, label], one)).toBe("intent");
});

test("one person's text among several is nobody's agreement", () => {
  const outcomes = [outcome("intent", false, null), outcome("reply", true, "Sorry!", true)];
  expect(startingAnswers([label], { ...disputed, outcomes })).toEqual({});
  expect(firstDisputed([{ ...label, name: "reply" }, label], { outcomes: outcomes.slice(1) })).toBe("reply");
});

test("an answer that stands to be accepted is filled in whole", () => {
  const proposed = { intent: "status", reply: "Sorry!" };
  expect(startingAnswers([label], { decision: null, proposed, outcomes: [] })).toEqual(proposed);
});

test("an earlier decision is what a new one starts from", () => {
  const decision = {
    answers: { intent: "status" },
    notes: {},
    verdict: null,
    reason: "x",
    guideline_anchor: null,
    by: { id: 1, name: "A" },
    at: "",
    active_ms: 0,
  };
  expect(startingAnswers([], { decision, proposed: null, outcomes: [] })).toEqual({ intent: "status" });
});

describe("passages of several people", () => {
  const names = { name: "names", type: "span", fields: ["text"], options: [{ value: "person", title: "Person" }] };
  const question = names as unknown as Question;
  const span = (start: number, end: number) => ({ field: "text", start, end, label: "person" });
  const said = [
    { answers: { names: [span(0, 5), span(10, 14)] } },
    { answers: { names: [span(0, 5)] } },
    { answers: { names: [] } },
  ];

  test("are said one by one, each with its passage", () => {
    const [row] = comparisonOf([question], [], said, { text: "Maria met Noor" });
    expect(row?.cells[0]).toEqual([
      { text: "Person “Maria”", shared: false, span: span(0, 5) },
      { text: "Person “Noor”", shared: false, span: span(10, 14) },
    ]);
    expect(row?.cells[2]).toEqual([{ text: "None", shared: false }]);
  });
  test("that most marked are where the expert begins, agreed or not", () => {
    const one = { ...disputed, outcomes: [outcome("names", false, [span(0, 5)])] };
    expect(startingAnswers([question], one)).toEqual({ names: [span(0, 5)] });
    expect(startingAnswers([question], { ...disputed, outcomes: [outcome("names", false, [])] })).toEqual({});
  });
  test("are counted, but for those decided already", () => {
    expect(elsewhereOf([question], said, {})).toEqual({
      names: [
        { span: span(0, 5), behind: "2 of 3" },
        { span: span(10, 14), behind: "1 of 3" },
      ],
    });
    expect(elsewhereOf([question], said, { names: [span(0, 5)] }).names).toHaveLength(1);
  });
});
