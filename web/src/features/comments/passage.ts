/** From what is selected on the page to a place in the record: the same words, in the fields as they are stored. Pure. */
import { offsetsOf } from "@/features/annotation/spans/offsets";
import type { NewAbout } from "./api/threads";

type Text = { field: string; turn?: number; text: string };

/** Places of a record that hold text, in the order of its fields; `values` is the record's content. */
export function textsOf(fields: readonly { name: string }[], values: Readonly<Record<string, unknown>>): Text[] {
  return fields.flatMap(({ name }) => {
    const value = values[name];
    if (typeof value === "string") return [{ field: name, text: value }];
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: { content?: unknown; text?: unknown }, turn) => {
      const text = one?.content ?? one?.text;
      return typeof text === "string" ? [{ field: name, turn, text }] : [];
    });
  });
}

/** The `nth` (from 0) place where the quote stands, or the first; null where it stands nowhere. Offsets in code points. */
export function passageOf(quote: string, nth: number, texts: readonly Text[]): NewAbout | null {
  const wanted = quote.trim();
  if (!wanted) return null;
  const found = texts.flatMap((one) => occurrences(one.text, wanted).map((start) => ({ ...one, start })));
  const one = found[nth] ?? found[0];
  if (!one) return null;
  const { toPoints } = offsetsOf(one.text);
  return {
    place: "span",
    field: one.field,
    ...(one.turn === undefined ? {} : { turn: one.turn }),
    start: toPoints(one.start),
    end: toPoints(one.start + wanted.length),
  };
}

export function occurrences(text: string, wanted: string): number[] {
  const found = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) found.push(at);
  return found;
}
