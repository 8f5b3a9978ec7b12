/** A record to try questions on before there are any. */
import type { Field } from "../queries";

const TEXT = "Maria Keller wrote from Zürich on 3 May: the parcel from Berlin has still not come, and nobody answers.";
const TOOLS = [{ type: "function", function: { name: "track_parcel", description: "Where a parcel is now." } }];
const CHAT = [
  { role: "user", content: "Where is my parcel? I am Maria Keller." },
  { role: "assistant", content: "It left Berlin on monday and arrive tomorrow." },
];

/** Each text of its own, so that replies can be told apart. */
export function sampleOf(fields: readonly Field[]): Readonly<Record<string, unknown>> {
  const texts = fields.filter((field) => field.type === "text");
  return Object.fromEntries(
    fields.map((field) => {
      if (field.type === "chat") return [field.name, CHAT];
      if (field.type === "context") return [field.name, [{ text: "A document for context." }]];
      if (field.type === "tools") return [field.name, TOOLS];
      return [field.name, texts.length > 1 ? `${field.title || field.name}: ${TEXT}` : TEXT];
    }),
  );
}
