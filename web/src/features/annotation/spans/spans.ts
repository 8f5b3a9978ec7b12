/** Marked passages as an answer: sorted, each place and label once, within what the question allows. */
import type { QuestionOf, Span } from "../shapes";

export type Place = { field: string; turn?: number };
export type Marked = { spans: readonly Span[] } | { refused: string };

/** What makes two spans the same: where they are and their label. */
export function keyOf({ field, turn, start, end, label }: Span): string {
  return `${placeName({ field, ...(turn === undefined ? {} : { turn }) })}:${start}:${end}:${label}`;
}

/** A place as one word, for attributes and keys: `text`, or `chat/2` for the third turn. */
export function placeName({ field, turn }: Place): string {
  return turn === undefined ? field : `${field}/${turn}`;
}

export function placeOf(name: string): Place {
  const [field = "", turn] = name.split("/");
  return turn === undefined ? { field } : { field, turn: Number(turn) };
}

export function isIn(span: Span, place: Place): boolean {
  return span.field === place.field && span.turn === place.turn;
}

export function added(question: QuestionOf<"span">, spans: readonly Span[], span: Span): Marked {
  if (spans.some((other) => keyOf(other) === keyOf(span))) return { spans };
  const crossed = question.allow_overlap ? [] : spans.filter((other) => overlap(other, span));
  const same = crossed.filter((other) => other.start === span.start && other.end === span.end);
  if (crossed.length > same.length) return { refused: "Passages must not overlap here." };
  const rest = spans.filter((other) => !same.includes(other));
  if (question.max_spans && rest.length >= question.max_spans)
    return { refused: `At most ${question.max_spans} passages can be marked.` };
  return { spans: sorted(question, [...rest, span]) };
}

export function removed(spans: readonly Span[], key: string): readonly Span[] {
  return spans.filter((span) => keyOf(span) !== key);
}

/** Another label for the same passage; where it has that label already, one of the two goes. */
export function relabelled(question: QuestionOf<"span">, spans: readonly Span[], key: string, label: string): Marked {
  const span = spans.find((one) => keyOf(one) === key);
  if (!span) return { spans };
  return added(question, removed(spans, key), { ...span, label });
}

/** The same label and note over another stretch; where that is marked so already, one of the two goes. */
export function resized(
  question: QuestionOf<"span">,
  spans: readonly Span[],
  key: string,
  { start, end }: Pick<Span, "start" | "end">,
): Marked {
  const span = spans.find((one) => keyOf(one) === key);
  if (!span) return { spans };
  return added(question, removed(spans, key), { ...span, start, end });
}

export function noted(spans: readonly Span[], key: string, note: string): readonly Span[] {
  return spans.map((span) => {
    if (keyOf(span) !== key) return span;
    const { note: _, ...bare } = span;
    return note.trim() ? { ...bare, note } : bare;
  });
}

/** The order of answers: by field as the question lists them, then by place, then by label. */
export function sorted(question: QuestionOf<"span">, spans: readonly Span[]): readonly Span[] {
  const field = (span: Span) => question.fields.indexOf(span.field);
  return spans.toSorted(
    (a, b) =>
      field(a) - field(b) ||
      (a.turn ?? -1) - (b.turn ?? -1) ||
      a.start - b.start ||
      a.end - b.end ||
      (a.label < b.label ? -1 : 1),
  );
}

/** The span after or before the one with this key, in the answer's order; none beyond the ends. */
export function neighbour(spans: readonly Span[], key: string | null, by: 1 | -1): Span | undefined {
  const at = spans.findIndex((span) => keyOf(span) === key);
  if (at === -1) return by === 1 ? spans[0] : spans.at(-1);
  return spans[at + by];
}

function overlap(a: Span, b: Span): boolean {
  return isIn(a, b) && a.start < b.end && b.start < a.end;
}
