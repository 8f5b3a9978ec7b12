/** Selecting by finger: a tap selects a word, a tap on another one takes all between them. */
import { type MouseEvent, type PointerEvent, useRef } from "react";
import type { MarkingAtHand } from "./marking";
import type { Pointed } from "./Pointer";
import { placeAtPoint, select } from "./page";
import { endOf, type Selected, startOf, wordTouched } from "./words";

export function useTappedWords(marking: MarkingAtHand | null, place: string, text: string) {
  /** What was selected when the finger came down: the tap itself lets go of it before it becomes a click. */
  const touched = useRef<{ before: Pointed | null }>(undefined);

  const touch = (event: PointerEvent) => {
    touched.current = marking && event.pointerType === "touch" ? { before: marking.pointer.get() } : undefined;
  };
  const tap = ({ clientX, clientY }: MouseEvent) => {
    const at = touched.current && placeAtPoint(place, clientX, clientY);
    const word = at === undefined ? undefined : wordTouched(text, at);
    if (!marking || !word) return;
    const to = { place, ...reaching(touched.current?.before ?? null, place, word) };
    select(to);
    marking.pointer.set(to);
  };
  const isTouched = () => touched.current !== undefined;
  return { touch, tap, isTouched };
}

/** The word together with what was selected in its text; alone where it was part of that, or nothing was. */
function reaching(before: Pointed | null, place: string, word: Selected): Selected {
  if (before?.place !== place || before.anchor === before.focus) return word;
  const [start, end] = [startOf(before), endOf(before)];
  if (word.focus > end) return { anchor: start, focus: word.focus };
  if (word.anchor < start) return { anchor: end, focus: word.anchor };
  return word;
}
