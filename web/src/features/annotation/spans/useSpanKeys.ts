/** Marking by keys: a selection that walks by words, passages that are walked through, labels that are given. */
import { useLayoutEffect } from "react";
import { type Binding, useKeys } from "@/lib/keys";
import type { Span } from "../shapes";
import type { MarkingAtHand } from "./marking";
import { offsetsOf } from "./offsets";
import type { Pointed } from "./Pointer";
import { lineBeside, revealStretch, select, selectedOnPage, textAt, textsOnPage, unselect } from "./page";
import { isIn, keyOf, neighbour, placeName, placeOf } from "./spans";
import { endOf, extended, nudged, type Selected, stepped, trimmed, wordAt } from "./words";

const GROUP = "Passages";
const MOST_BLANKS = 40;
const START: Selected = { anchor: 0, focus: 0 };

export function useWalking(marking: MarkingAtHand): void {
  const { pointer, active, setActive } = marking;
  useSelectionOf(marking);

  const goTo = (at: Pointed | null | undefined) => {
    if (!at) return;
    setActive(null);
    select(at);
    pointer.set(at);
  };
  const inText = (move: (text: string, from: Selected) => Selected | undefined) => {
    const at = pointer.get();
    const to = at && move(contentOf(at.place), at);
    goTo(to && at && { place: at.place, ...to });
  };
  const change = (move: (text: string, from: Selected) => Selected | undefined) => {
    const span = active === null ? undefined : marking.spans.find((one) => keyOf(one) === active);
    const stretch = span && movedStretch(span, move);
    if (span && stretch) marking.resizing.current?.(span, stretch);
    else if (!span) inText(move);
  };
  const step = (by: 1 | -1) => goTo(stepFrom(pointer.get(), by));
  const toLine = (by: 1 | -1) => {
    const at = pointer.get();
    const beside = at && lineBeside(at, by);
    const word = beside && wordAt(contentOf(beside.place), beside.focus);
    goTo(word && beside ? { place: beside.place, ...word } : (at ?? stepFrom(null, 1)));
  };
  const toSpan = (by: 1 | -1) => {
    const span = nextSpan(marking, by);
    if (!span) return;
    unselect();
    setActive(keyOf(span));
    const place = placeName(span);
    const { start, end } = unitsOf(span);
    pointer.set({ place, anchor: end, focus: end });
    revealStretch(place, { anchor: start, focus: end });
  };
  const leave = () => {
    unselect();
    setActive(null);
    const at = pointer.get();
    if (at) pointer.set({ ...at, anchor: endOf(at), focus: endOf(at) });
  };
  const bind = (keys: string, title: string, run: () => void, more: Partial<Binding> = {}): Binding => ({
    keys,
    title,
    group: GROUP,
    repeats: true,
    run,
    ...more,
  });
  const at = pointer.get();
  const isSelected = active !== null || (at !== null && at.anchor !== at.focus);
  useKeys([
    bind("ArrowRight", "Next word", () => step(1)),
    bind("ArrowLeft", "Word before", () => step(-1)),
    bind("ArrowDown", "Line below", () => toLine(1)),
    bind("ArrowUp", "Line above", () => toLine(-1)),
    bind("shift+ArrowRight", "One word more", () => change((text, from) => extended(text, from, 1))),
    bind("shift+ArrowLeft", "One word less", () => change((text, from) => extended(text, from, -1))),
    bind("mod+ArrowRight", "End one character on", () => change((text, from) => nudged(text, from, "end", 1))),
    bind("mod+ArrowLeft", "End one character back", () => change((text, from) => nudged(text, from, "end", -1))),
    bind("mod+shift+ArrowRight", "Start one character on", () =>
      change((text, from) => nudged(text, from, "start", 1)),
    ),
    bind("mod+shift+ArrowLeft", "Start one character back", () =>
      change((text, from) => nudged(text, from, "start", -1)),
    ),
    bind("Tab", "Next passage", () => toSpan(1), { when: () => isOnRecord() && nextSpan(marking, 1) !== undefined }),
    bind("shift+Tab", "Passage before", () => toSpan(-1), {
      when: () => isOnRecord() && nextSpan(marking, -1) !== undefined,
    }),
    bind("Escape", "Select nothing", leave, { disabled: !isSelected, repeats: false }),
  ]);
}

/** What is selected, as a span without its label: trimmed, in code points. */
export function passageAt(at: Pointed | null): Omit<Span, "label"> | undefined {
  if (!at || at.anchor === at.focus) return undefined;
  const text = contentOf(at.place);
  const stretch = trimmed(text, at);
  if (!stretch) return undefined;
  const { toPoints } = offsetsOf(text);
  return { ...placeOf(at.place), start: toPoints(stretch.anchor), end: toPoints(stretch.focus) };
}

/** A passage after a move of one of its ends: over blanks in one go, for no passage begins or ends with one. */
function movedStretch(
  span: Span,
  move: (text: string, from: Selected) => Selected | undefined,
): Pick<Span, "start" | "end"> | undefined {
  const text = contentOf(placeName(span));
  const { start, end } = unitsOf(span);
  let to: Selected | undefined = { anchor: start, focus: end };
  for (let tries = 0; to && tries < MOST_BLANKS; tries++) {
    to = move(text, to);
    const stretch = to && trimmed(text, to);
    if (stretch && (stretch.anchor !== start || stretch.focus !== end)) return stretchOf(text, stretch);
  }
  return undefined;
}

/** A stretch of a text in code points, as answers count. */
export function stretchOf(text: string, { anchor, focus }: Selected): Pick<Span, "start" | "end"> {
  const { toPoints } = offsetsOf(text);
  return { start: toPoints(Math.min(anchor, focus)), end: toPoints(Math.max(anchor, focus)) };
}

/** The words of a span, as they stand on the page. */
export function wordsOf(span: Omit<Span, "label">): string {
  const { start, end } = unitsOf(span);
  return contentOf(placeName(span)).slice(start, end);
}

/** The pointer after a span, so that walking goes on from there. */
export function after(span: Omit<Span, "label">): Pointed {
  const { end } = unitsOf(span);
  return { place: placeName(span), anchor: end, focus: end };
}

/** Follows what is selected by mouse or touch. */
function useSelectionOf({ pointer, setActive }: MarkingAtHand): void {
  useLayoutEffect(() => {
    const follow = () => {
      const at = selectedOnPage();
      if (!at) return;
      pointer.set(at);
      if (at.anchor !== at.focus) setActive(null);
    };
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, [pointer, setActive]);
}

function stepFrom(at: Pointed | null, by: 1 | -1): Pointed | undefined {
  const places = textsOnPage().flatMap((text) => text.dataset.place ?? []);
  const from = at ? places.indexOf(at.place) : -1;
  if (!at || from === -1) return wordIn(by === 1 ? places : places.toReversed(), by);
  const next = stepped(contentOf(at.place), at, by);
  if (next) return { place: at.place, ...next };
  return wordIn(by === 1 ? places.slice(from + 1) : places.slice(0, from).toReversed(), by);
}

/** The first word in the first of these places that has one; the last word on the way back. */
function wordIn(places: readonly string[], by: 1 | -1): Pointed | undefined {
  for (const place of places) {
    const text = contentOf(place);
    const word = by === 1 ? stepped(text, START, 1) : wordAt(text, text.length);
    if (word) return { place, ...word };
  }
  return undefined;
}

/** The span after or before the one at hand; without one, after or before the pointer. None beyond the ends. */
function nextSpan({ spans, active, pointer }: MarkingAtHand, by: 1 | -1): Span | undefined {
  const at = pointer.get();
  if (active !== null || !at) return active === null && by === -1 ? undefined : neighbour(spans, active, by);
  const place = placeOf(at.place);
  const before = spans.findLast((span) => isIn(span, place) && unitsOf(span).end <= endOf(at));
  return by === -1 ? before : neighbour(spans, before ? keyOf(before) : null, 1);
}

function contentOf(place: string): string {
  return textAt(place)?.textContent ?? "";
}

function unitsOf(span: Omit<Span, "label">): { start: number; end: number } {
  const { toUnits } = offsetsOf(contentOf(placeName(span)));
  return { start: toUnits(span.start), end: toUnits(span.end) };
}

function isOnRecord(): boolean {
  const focus = document.activeElement;
  if (focus === null || focus === document.body || focus.id === "question-title") return true;
  return focus.querySelector("[data-place]") !== null;
}
