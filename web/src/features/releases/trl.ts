/** Which choices a training format leaves open, given what a release's schema has. */
import type { Named } from "./manifest";

export type TrlFormat = "trl_sft" | "trl_preference";
export type Wish = Partial<Record<"messages" | "prompt" | "completion" | "question" | "keep", string>>;
export type TrlChoice = {
  name: Exclude<keyof Wish, "keep">;
  title: string;
  help: string;
  options: ReadonlyArray<{ value: string; label: string }>;
};

export function isTrl(format: string): format is TrlFormat {
  return format === "trl_sft" || format === "trl_preference";
}

export function choicesFor(format: TrlFormat, schema: { fields: readonly Named[]; questions: readonly Named[] }) {
  const chats = schema.fields.filter((field) => field.type === "chat");
  const texts = schema.fields.filter((field) => field.type === "text" || field.type === "chat");
  const preferences = schema.questions.filter((question) => question.type === "preference");
  const prompt = choice("prompt", "Prompt", "The field that asks", [
    ...texts.map(named),
    { value: "none", label: "No prompt" },
  ]);
  const sft = [
    choice(
      "messages",
      "Messages",
      "The chat that is the whole row, instead of prompt and completion",
      chats.map(named),
    ),
    prompt,
    choice("completion", "Completion", "What a model shall learn to write", [...schema.questions, ...texts].map(named)),
  ];
  const pairs = [choice("question", "Question", "The one that chooses", preferences.map(named)), prompt];
  return (format === "trl_sft" ? sft : pairs).filter(({ options }) => options.length > 0);
}

function choice(name: TrlChoice["name"], title: string, help: string, options: TrlChoice["options"]): TrlChoice {
  return { name, title, help, options };
}

function named({ name, title }: Named) {
  return { value: name, label: title || name };
}
