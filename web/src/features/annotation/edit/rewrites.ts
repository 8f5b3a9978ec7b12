/** What of a record may be rewritten, and the rewritten parts as an answer. */
import type { QuestionOf, Rewrite } from "../shapes";

/** A part that may be rewritten: a text, or one turn of a chat. */
export type Original = { readonly turn: number | undefined; readonly role: string | undefined; readonly text: string };

export function originalsOf(
  question: Pick<QuestionOf<"edit">, "field" | "roles">,
  values: Readonly<Record<string, unknown>>,
): readonly Original[] {
  const content = values[question.field];
  if (typeof content === "string") return [{ turn: undefined, role: undefined, text: content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap((message: { role?: unknown; content?: unknown }, turn) => {
    const isOne = typeof message?.content === "string" && (question.roles as unknown[]).includes(message.role);
    return isOne ? [{ turn, role: String(message.role), text: String(message.content) }] : [];
  });
}

export function textOf(original: Original, rewrites: readonly Rewrite[]): string {
  return rewriteOf(original, rewrites)?.text ?? original.text;
}

export function rewriteOf({ turn }: Pick<Original, "turn">, rewrites: readonly Rewrite[]): Rewrite | undefined {
  return rewrites.find((part) => part.turn === turn);
}

/** The parts with this one as `text` says; one that reads as before is none. */
export function rewritten(rewrites: readonly Rewrite[], original: Original, text: string): readonly Rewrite[] {
  const rest = rewrites.filter((part) => part.turn !== original.turn);
  if (text === original.text) return rest;
  const part = original.turn === undefined ? { text } : { turn: original.turn, text };
  return [...rest, part].toSorted((a, b) => (a.turn ?? -1) - (b.turn ?? -1));
}
