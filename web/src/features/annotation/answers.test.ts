import { describe, expect, test } from "vitest";
import {
  confirmed,
  firstMissing,
  forSending,
  inWords,
  isAnswered,
  nextOpen,
  shortTitle,
  toggled,
  withAnswer,
} from "./answers";
import type { QuestionOf } from "./shapes";
import { better, data, intent, note, questions } from "./testing";

const many = data as QuestionOf<"multi_label">;

test("an answer can be given, changed and taken back", () => {
  const given = withAnswer({}, "intent", "refund");
  expect(withAnswer(given, "intent", "delivery")).toEqual({ intent: "delivery" });
  expect(withAnswer(given, "intent", undefined)).toEqual({});
});

describe("what is still open", () => {
  test("required questions without an answer, in order", () => {
    expect(firstMissing(questions, {})).toBe(intent);
    expect(firstMissing(questions, { intent: "refund" })).toBe(data);
    expect(firstMissing(questions, { intent: "refund", personal_data: [] })).toBeUndefined();
  });
  test("the way goes on from where one is, and around", () => {
    expect(nextOpen(questions, { intent: "refund" }, "intent")).toBe("personal_data");
    expect(nextOpen(questions, { personal_data: [] }, "note")).toBe("intent");
    expect(nextOpen(questions, { intent: "refund", personal_data: [] }, "note")).toBe("note");
  });
  test("a text of blanks is no answer", () => {
    expect(isAnswered(note, "  ")).toBe(false);
    expect(forSending(questions, { intent: "refund", personal_data: [], note: " " })).toEqual({
      intent: "refund",
      personal_data: [],
    });
  });
});

describe("several options", () => {
  test("keep the order of the schema", () => {
    expect(toggled(many, ["phone"], "name")).toEqual(["name", "phone"]);
    expect(toggled(many, ["name", "phone"], "name")).toEqual(["phone"]);
  });
  test("no more than the most that may be chosen", () => {
    expect(toggled({ ...many, max_choices: 1 }, ["name"], "email")).toEqual(["name"]);
  });
  test("choosing none becomes an answer when it is confirmed, unless some are asked for", () => {
    expect(confirmed(data, {})).toEqual({ personal_data: [] });
    expect(confirmed({ ...many, min_choices: 1 }, {})).toEqual({});
    expect(isAnswered({ ...many, min_choices: 1 }, [])).toBe(false);
  });
});

test("answers in words", () => {
  expect(inWords(intent, "refund", false)).toBe("Refund");
  expect(inWords(data, [], false)).toBe("None");
  expect(inWords(data, ["name", "email", "phone"], false)).toBe("name and 2 more");
  expect(inWords(better, { choice: "a", strength: 2 }, false)).toBe("First");
  expect(inWords(better, { choice: "a", strength: 2 }, true)).toBe("Second");
  expect(inWords(better, { choice: "both_bad" }, true)).toBe("Both bad");
  expect(shortTitle("personal_data")).toBe("Personal data");
});
