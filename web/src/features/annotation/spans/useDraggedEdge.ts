/** An end of the passage at hand, dragged by mouse or finger: shown while it moves, an answer when it is let go. */
import { type PointerEvent, useState } from "react";
import type { MarkingAtHand } from "./marking";
import { offsetsOf } from "./offsets";
import { placeAtPoint } from "./page";
import { keyOf, placeName } from "./spans";
import { stretchOf } from "./useSpanKeys";
import { trimmed } from "./words";

export type Dragged = { readonly key: string; readonly start: number; readonly end: number };

const swallow = (event: Event) => event.stopPropagation();

export function useDraggedEdge(marking: MarkingAtHand | null, place: string, text: string) {
  const [dragged, setDragged] = useState<Dragged>();

  const grab = (event: PointerEvent<HTMLElement>) => {
    const edge = event.target instanceof HTMLElement ? event.target.dataset.edge : undefined;
    const span = marking?.spans.find((one) => keyOf(one) === marking.active && placeName(one) === place);
    if (!edge || !span || !event.isPrimary) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId); // the handle itself is drawn anew while it moves
    const { toUnits } = offsetsOf(text);
    const fixed = toUnits(edge === "start" ? span.end : span.start);
    let moved: number | undefined;
    const follow = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const at = placeAtPoint(place, clientX, clientY);
      if (at === undefined || at === fixed || at === moved) return;
      moved = at;
      setDragged({ key: keyOf(span), start: Math.min(at, fixed), end: Math.max(at, fixed) });
    };
    const letGo = (how: globalThis.PointerEvent) => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", letGo);
      window.removeEventListener("pointercancel", letGo);
      setDragged(undefined);
      window.addEventListener("click", swallow, true); // the click that follows a drag means nothing by itself
      setTimeout(() => window.removeEventListener("click", swallow, true));
      const to = moved === undefined ? undefined : trimmed(text, { anchor: fixed, focus: moved });
      if (to && how.type === "pointerup") marking?.resizing.current?.(span, stretchOf(text, to));
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", letGo);
    window.addEventListener("pointercancel", letGo);
  };
  return [dragged, grab] as const;
}
