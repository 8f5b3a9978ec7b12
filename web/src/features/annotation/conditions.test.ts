import { expect, test } from "vitest";
import { forSending } from "./answers";
import { askedOf } from "./conditions";
import type { Question } from "./shapes";
import { data, intent, note } from "./testing";

const onRefund = { ...data, when: { question: "intent", any_of: ["refund"] } } as Question;
const onEmail = { ...note, when: { question: "personal_data", any_of: ["email", "phone"] } } as Question;
const questions = [intent, onRefund, onEmail];
const names = (answers: Parameters<typeof askedOf>[1]) => askedOf(questions, answers).map((one) => one.name);

test("a question is asked after the answer it waits for, and one of several is enough", () => {
  expect(names({})).toEqual(["intent"]);
  expect(names({ intent: "delivery" })).toEqual(["intent"]);
  expect(names({ intent: "refund" })).toEqual(["intent", "personal_data"]);
  expect(names({ intent: "refund", personal_data: ["name", "phone"] })).toEqual(["intent", "personal_data", "note"]);
});

test("an answer to a question that is no longer asked opens nothing and is not sent", () => {
  const changed = { intent: "delivery", personal_data: ["email"], note: "kept" };
  expect(names(changed)).toEqual(["intent"]);
  expect(forSending(questions, changed)).toEqual({ intent: "delivery" });
});

test("without conditions everything is asked", () => {
  const all = [intent, data];
  expect(askedOf(all, {})).toBe(all);
});
