import { expect, test } from "vitest";
import { answerInWords, tallyKeyInWords } from "./answerWords";
import type { Field, Question } from "./queries";

const labels: Question = {
  name: "kinds",
  type: "multi_label",
  title: "Kinds?",
  required: true,
  allow_note: false,
  min_choices: 0,
  leaves_only: false,
  options: [
    { value: "mail", title: "E-mail" },
    { value: "phone", title: "Phone" },
  ],
};
const better: Question = {
  name: "better",
  type: "preference",
  title: "Better?",
  required: true,
  allow_note: false,
  a_field: "left",
  b_field: "right",
  strengths: 3,
  allow_tie: true,
  allow_both_bad: true,
};
const fields: Field[] = [
  { name: "left", type: "text", title: "Reply A", required: true, markdown: false },
  { name: "right", type: "text", title: "Reply B", required: true, markdown: false },
];

test("options are said by their titles, none at all as None", () => {
  expect(answerInWords(labels, ["phone", "mail"])).toBe("Phone, E-mail");
  expect(answerInWords(labels, [])).toBe("None");
  expect(answerInWords(labels, undefined)).toBe("–");
});

test("a preference names the field, never a side", () => {
  expect(answerInWords(better, { choice: "b", strength: 3 }, fields)).toBe("Reply B, much better");
  expect(answerInWords(better, { choice: "tie" }, fields)).toBe("Tie");
});

test("a tally's keys are read back", () => {
  expect(tallyKeyInWords(labels, '["mail"]')).toBe("E-mail");
  expect(tallyKeyInWords(better, "a", fields)).toBe("Reply A");
  expect(tallyKeyInWords(undefined, "x")).toBe("x");
});
