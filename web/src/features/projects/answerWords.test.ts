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

test("passages are quoted by characters as people count them, or told by their places", () => {
  const names = { name: "names", type: "span", fields: ["text"], options: [{ value: "person", title: "Person" }] };
  const spans = [{ field: "text", start: 2, end: 7, label: "person" }];
  const question = names as unknown as Question;
  expect(answerInWords(question, spans, [], { text: "😀 Maria wrote" })).toBe("Person “Maria”");
  expect(answerInWords(question, spans)).toBe("Person 2–7");
  expect(answerInWords(question, [])).toBe("None");
  const inChat = [{ field: "chat", turn: 1, start: 0, end: 2, label: "person" }];
  const chat = [{ content: "a" }, { content: "Jo!" }];
  expect(answerInWords(question, inChat, [], { chat })).toBe("Person “Jo”");
});

test("an order names fields, best first, with ties; a rewrite says its turn", () => {
  const order = { name: "order", type: "ranking", fields: ["left", "right"] } as unknown as Question;
  expect(answerInWords(order, [["right"], ["left"]], fields)).toBe("Reply B > Reply A");
  expect(answerInWords(order, [["left", "right"]], fields)).toBe("Reply A = Reply B");
  const edit = { name: "better", type: "edit", field: "chat" } as unknown as Question;
  expect(answerInWords(edit, [])).toBe("Nothing to change");
  expect(answerInWords(edit, [{ turn: 1, text: "Now." }])).toBe("Turn 2: Now.");
});

test("a tally's keys are read back", () => {
  expect(tallyKeyInWords(labels, '["mail"]')).toBe("E-mail");
  expect(tallyKeyInWords(better, "a", fields)).toBe("Reply A");
  expect(tallyKeyInWords(undefined, "x")).toBe("x");
});
