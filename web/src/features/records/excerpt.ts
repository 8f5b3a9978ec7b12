/** The beginning of a record in one line: its first text, or the last thing somebody says in its chat. */
import type { Field } from "@/features/projects";
import { documentsOf, type Message, messagesOf, textOf } from "./fields";

const LONGEST = 300;

export function excerptOf(fields: readonly Field[], values: Readonly<Record<string, unknown>>): string {
  for (const field of fields.toSorted((a, b) => weight(a) - weight(b))) {
    const text = wordsOf(field, values[field.name]).replaceAll(/\s+/g, " ").trim();
    if (text) return text.slice(0, LONGEST);
  }
  return "";
}

/** The last words of a conversation; what it calls, where it ends in a call. */
function lastSaid(messages: readonly Message[]): string {
  const last = messages.at(-1);
  return last?.content || (last?.calls ?? []).map(({ name, args }) => `${name}(${args})`).join(", ");
}

function weight({ type }: Field): number {
  return { text: 0, chat: 0, context: 1, tools: 2 }[type];
}

function wordsOf(field: Field, value: unknown): string {
  if (field.type === "chat") return lastSaid(messagesOf(value));
  if (field.type === "tools") return "";
  if (field.type === "context") return documentsOf(value)[0]?.text ?? "";
  return textOf(value);
}
