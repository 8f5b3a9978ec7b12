/** A text of the record with its marks: own ones filled, other people's dashed. Drawn piece by piece, each only anew when its marks change. */
import { type CSSProperties, memo, type PointerEvent, useLayoutEffect, useMemo, useState } from "react";
import type { TextOfRecord } from "@/features/records";
import { huesOf } from "./hues";
import classes from "./MarkedText.module.css";
import { type MarkingAtHand, useMarking } from "./marking";
import { offsetsOf } from "./offsets";
import { select } from "./page";
import { type Chunk, chunksOf, type Laid, laid, type Mark, marksByChunk, type Segment, segmentsOf } from "./segments";
import { isIn, keyOf, placeName } from "./spans";
import { type Dragged, useDraggedEdge } from "./useDraggedEdge";
import { useTappedWords } from "./useTappedWords";

const LANES_WITH_ROOM = 3;
const MOST_LANES = 6;

export default function MarkedText({ field, turn, text }: TextOfRecord) {
  const marking = useMarking();
  const [hovered, setHovered] = useState<{ mark: Laid; x: number; y: number } | null>(null);
  const chunks = useMemo(() => chunksOf(text), [text]);
  const here = { field, ...(turn === undefined ? {} : { turn }) };
  const [dragged, grab] = useDraggedEdge(marking, placeName(here), text);
  const finger = useTappedWords(marking, placeName(here), text);
  useSelectedBefore(marking, placeName(here));
  const marks = useMarks(marking, { text, ...here }, dragged);
  const lines = useMemo(() => linesOf(chunks), [chunks]);
  const byChunk = useMemo(() => marksByChunk(chunks, marks), [chunks, marks]);
  const lanes = Math.min(MOST_LANES, Math.max(1, ...marks.map((mark) => mark.lane + 1)));
  const markUnder = (event: PointerEvent | React.MouseEvent) => innermost(event.target, marks);
  const onPointerMove = (event: PointerEvent) => {
    const mark = markUnder(event);
    if (mark?.key !== hovered?.mark.key) setHovered(mark ? { mark, x: event.clientX, y: event.clientY } : null);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    finger.touch(event);
    grab(event);
  };
  const onClick = (event: React.MouseEvent) => {
    if (!finger.isTouched() && !document.getSelection()?.isCollapsed) return; // a mouse has just selected
    const mark = markUnder(event);
    marking?.setActive(mark?.key ?? null);
    if (!mark) finger.tap(event);
  };
  const room = { "--lanes": lanes, "--more": Math.max(0, lanes - LANES_WITH_ROOM) } as CSSProperties;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same is done by keys, from anywhere on the page */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className={classes.text}
        data-place={placeName(here)}
        style={room}
        onClick={onClick}
        data-dragging={dragged ? true : undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
      >
        {lines.map((line) => (
          <div key={line[0]?.at} className={classes.line} dir="auto">
            {line.map(({ chunk, at }) => {
              const within = byChunk[at] ?? [];
              const active = within.some((mark) => mark.key === marking?.active) ? (marking?.active ?? null) : null;
              return (
                <Piece
                  key={at}
                  text={text}
                  chunk={chunk}
                  marks={within}
                  active={active}
                  signature={signatureOf(within, lanes)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {hovered && <Card {...hovered} />}
    </>
  );
}

type PieceProps = {
  text: string;
  chunk: Chunk;
  marks: readonly Laid[];
  active: string | null;
  /** Says all of `marks`, so that equal ones need not be drawn again. */
  signature: string;
};

const Piece = memo(
  function Piece({ text, chunk, marks, active }: PieceProps) {
    return (
      <span data-at={chunk.start}>
        {marks.length === 0
          ? text.slice(chunk.start, chunk.end)
          : segmentsOf(chunk.start, chunk.end, marks).map((segment) => (
              <Stretch key={segment.start} text={text} segment={segment} active={active} />
            ))}
      </span>
    );
  },
  (a, b) => a.text === b.text && a.chunk === b.chunk && a.active === b.active && a.signature === b.signature,
);

function Stretch({ text, segment, active }: { text: string; segment: Segment; active: string | null }) {
  const { start, end, marks } = segment;
  const words = text.slice(start, end);
  if (marks.length === 0) return words;
  const inner = shortest(marks);
  const ending = marks.filter((mark) => mark.end === end);
  const held = marks.find((mark) => mark.key === active && !mark.behind);
  return (
    <>
      {held?.start === start && <span ref={heldByFinger} className={classes.handle} data-edge="start" />}
      <mark
        className={classes.mark}
        data-keys={marks.map((mark) => mark.key).join("\n")}
        data-hue={inner?.hue}
        data-own={marks.some((mark) => !mark.behind) || undefined}
        data-active={marks.some((mark) => mark.key === active) || undefined}
        data-tag={ending.map(tagOf).join(" · ") || undefined}
        style={linesUnder(marks)}
      >
        {words}
      </mark>
      {held?.end === end && <span ref={heldByFinger} className={classes.handle} data-edge="end" />}
    </>
  );
}

/** A finger on a handle drags it: the page neither scrolls nor takes the touch for a click. */
function heldByFinger(handle: HTMLElement | null) {
  const hold = (event: TouchEvent) => event.preventDefault();
  handle?.addEventListener("touchstart", hold, { passive: false });
  return () => handle?.removeEventListener("touchstart", hold);
}

/** One line under the text for each mark, in its lane; dashed for other people's. */
function linesUnder(marks: readonly Laid[]): CSSProperties {
  const shown = marks.filter((mark) => mark.lane < MOST_LANES);
  const colour = (mark: Laid) => `var(--hue-${mark.hue})`;
  const image = (mark: Laid) =>
    mark.behind
      ? `repeating-linear-gradient(90deg, ${colour(mark)} 0 4px, transparent 4px 7px)`
      : `linear-gradient(${colour(mark)}, ${colour(mark)})`;
  return {
    backgroundImage: shown.map(image).join(", "),
    backgroundPosition: shown.map((mark) => `0 calc(100% - 4px * (var(--lanes) - 1 - ${mark.lane}))`).join(", "),
  };
}

function Card({ mark, x, y }: { mark: Laid; x: number; y: number }) {
  return (
    <div className={classes.card} role="tooltip" style={{ left: Math.min(x, innerWidth - 280), top: y + 18 }}>
      <strong>{mark.title}</strong>
      {mark.behind && <span>marked by {mark.behind}</span>}
      {mark.note && <span>{mark.note}</span>}
    </div>
  );
}

/** What was selected before the text was drawn with its marks stays selected. */
function useSelectedBefore(marking: MarkingAtHand | null, place: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it is drawn first, and not again
  useLayoutEffect(() => {
    const at = marking?.pointer.get();
    if (at?.place === place) select(at);
  }, []);
}

function useMarks(
  marking: MarkingAtHand | null,
  { field, turn, text }: TextOfRecord,
  dragged: Dragged | undefined,
): readonly Laid[] {
  const offsets = useMemo(() => offsetsOf(text), [text]);
  const { question, spans, elsewhere } = marking ?? {};
  return useMemo(() => {
    if (!question || !spans || !elsewhere) return [];
    const hues = huesOf(question);
    const titles = new Map(question.options.map((option) => [option.value, option.title ?? option.value]));
    const here = { field, ...(turn === undefined ? {} : { turn }) };
    const own = spans.filter((span) => isIn(span, here)).map((span) => ({ span, behind: undefined }));
    const others = elsewhere.filter(({ span }) => isIn(span, here));
    const marks = [...own, ...others].map(
      ({ span, behind }): Mark => ({
        key: keyOf(span) + (behind ? `#${behind}` : ""),
        start: offsets.toUnits(span.start),
        end: offsets.toUnits(span.end),
        title: titles.get(span.label) ?? span.label,
        hue: hues.get(span.label) ?? 0,
        note: span.note,
        behind,
      }),
    );
    return laid(dragged ? marks.map((mark) => (mark.key === dragged.key ? { ...mark, ...dragged } : mark)) : marks);
  }, [question, spans, elsewhere, offsets, field, turn, dragged]);
}

type Numbered = { readonly chunk: Chunk; readonly at: number };

function linesOf(chunks: readonly Chunk[]): readonly (readonly Numbered[])[] {
  const lines: Numbered[][] = [];
  for (const [at, chunk] of chunks.entries()) {
    if (chunk.block) lines.push([]);
    lines.at(-1)?.push({ chunk, at });
  }
  return lines;
}

function signatureOf(marks: readonly Laid[], lanes: number): string {
  return `${lanes}|${marks.map(({ key, lane, note, start, end }) => `${key}@${lane}${note ? "n" : ""}${start}-${end}`).join("|")}`;
}

function tagOf({ title, behind, note }: Laid): string {
  return `${title}${behind ? ` ${behind}` : ""}${note ? " ✎" : ""}`;
}

function shortest(marks: readonly Laid[]): Laid | undefined {
  return marks.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
}

function innermost(target: EventTarget | null, marks: readonly Laid[]): Laid | undefined {
  const keys =
    target instanceof Element ? (target.closest<HTMLElement>("[data-keys]")?.dataset.keys ?? "").split("\n") : [];
  return shortest(marks.filter((mark) => keys.includes(mark.key)));
}
