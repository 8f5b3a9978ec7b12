import { expect, test } from "vitest";
import { choicesFor } from "./trl";

const schema = {
  fields: [
    { name: "chat", type: "chat", title: "Conversation" },
    { name: "sources", type: "context", title: null },
  ],
  questions: [
    { name: "better", type: "preference", title: "Better?" },
    { name: "note", type: "text", title: "Note" },
  ],
};

test("fine-tuning asks for messages, prompt and completion from what the schema has", () => {
  const [messages, prompt, completion] = choicesFor("trl_sft", schema);
  expect(messages?.options).toEqual([{ value: "chat", label: "Conversation" }]);
  expect(prompt?.options.map((one) => one.value)).toEqual(["chat", "none"]);
  expect(completion?.options.map((one) => one.value)).toEqual(["better", "note", "chat"]);
});

test("preference asks which question chooses, and nothing that cannot be chosen", () => {
  expect(choicesFor("trl_preference", schema).map((one) => one.name)).toEqual(["question", "prompt"]);
  const plain = { fields: [{ name: "text", type: "text", title: null }], questions: [] };
  expect(choicesFor("trl_preference", plain).map((one) => one.name)).toEqual(["prompt"]);
});
