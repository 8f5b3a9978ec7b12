import { expect, test } from "vitest";
import type { Field } from "@/features/projects";
import { excerptOf } from "./excerpt";

const field = (name: string, type: Field["type"]): Field => ({
  name,
  type,
  title: null,
  required: false,
  markdown: false,
});

test("a text goes before its context, in one line", () => {
  const fields = [field("context", "context"), field("message", "text")];
  expect(excerptOf(fields, { context: [{ text: "Order 1" }], message: "Where\n is it?" })).toBe("Where is it?");
});

test("of a chat the last turn is shown", () => {
  const chat = [
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello" },
  ];
  expect(excerptOf([field("chat", "chat")], { chat })).toBe("Hello");
});

test("a record without any text has an empty excerpt", () =>
  expect(excerptOf([field("message", "text")], {})).toBe(""));
