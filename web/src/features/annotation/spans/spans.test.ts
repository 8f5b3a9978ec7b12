import { describe, expect, test } from "vitest";
import type { QuestionOf, Span } from "../shapes";
import { chunksOf, laid, type Mark, marksByChunk, segmentsOf } from "./segments";
import { added, keyOf, neighbour, noted, placeName, placeOf, relabelled, removed } from "./spans";

const question = {
  type: "span",
  name: "names",
  fields: ["title", "text"],
  allow_overlap: true,
  min_spans: 0,
  max_spans: null,
} as unknown as QuestionOf<"span">;
const span = (start: number, end: number, label = "person", field = "text"): Span => ({ field, start, end, label });
const spansOf = (marked: ReturnType<typeof added>) => ("spans" in marked ? marked.spans : []);

describe("an answer of spans", () => {
  test("is sorted by field, place and label, whatever came first", () => {
    const title = span(5, 6, "person", "title");
    const all = [span(4, 9), span(0, 3), title, span(0, 3, "city")].reduce(
      (spans, one) => spansOf(added(question, spans, one)),
      [] as readonly Span[],
    );
    expect(all).toEqual([title, span(0, 3, "city"), span(0, 3), span(4, 9)]);
  });
  test("holds the same passage and label once", () => {
    expect(spansOf(added(question, [span(0, 3)], span(0, 3)))).toEqual([span(0, 3)]);
  });
  test("refuses overlap where it is not allowed, but lets the label change", () => {
    const strict = { ...question, allow_overlap: false };
    expect(added(strict, [span(0, 5)], span(4, 9))).toEqual({ refused: "Passages must not overlap here." });
    expect(spansOf(added(strict, [span(0, 5)], span(5, 9)))).toHaveLength(2);
    expect(spansOf(added(strict, [span(0, 5)], span(0, 5, "city")))).toEqual([span(0, 5, "city")]);
    expect(spansOf(added(strict, [{ ...span(0, 5), turn: 1 }], { ...span(0, 5), turn: 2 }))).toHaveLength(2);
  });
  test("has no more than the most that may be marked", () => {
    expect(added({ ...question, max_spans: 1 }, [span(0, 3)], span(4, 9))).toHaveProperty("refused");
  });
  test("a span is relabelled, noted and removed by its key", () => {
    const spans = [span(0, 3), span(4, 9)];
    const key = keyOf(span(4, 9));
    expect(spansOf(relabelled(question, spans, key, "city"))).toEqual([span(0, 3), span(4, 9, "city")]);
    expect(noted(spans, key, "why")[1]).toEqual({ ...span(4, 9), note: "why" });
    expect(noted(noted(spans, key, "why"), key, " ")[1]).toEqual(span(4, 9));
    expect(removed(spans, key)).toEqual([span(0, 3)]);
  });
  test("one walks along them to the ends and no further", () => {
    const spans = [span(0, 3), span(4, 9)];
    expect(neighbour(spans, null, 1)).toBe(spans[0]);
    expect(neighbour(spans, null, -1)).toBe(spans[1]);
    expect(neighbour(spans, keyOf(span(0, 3)), 1)).toBe(spans[1]);
    expect(neighbour(spans, keyOf(span(4, 9)), 1)).toBeUndefined();
  });
});

test("places have names and come back from them", () => {
  for (const place of [{ field: "text" }, { field: "chat", turn: 0 }]) expect(placeOf(placeName(place))).toEqual(place);
});

const mark = (start: number, end: number, key = `${start}-${end}`): Mark => ({ key, start, end, title: "x", hue: 0 });

describe("lanes", () => {
  test("marks that cross lie in different lanes, the others share one", () => {
    const lanes = laid([mark(10, 14), mark(0, 8), mark(4, 12), mark(8, 9)]).map(({ key, lane }) => [key, lane]);
    expect(Object.fromEntries(lanes)).toEqual({ "0-8": 0, "4-12": 1, "8-9": 0, "10-14": 0 });
  });
  test("no two marks of one segment share a lane", () => {
    const marks = laid(Array.from({ length: 40 }, (_, at) => mark((at * 7) % 50, ((at * 7) % 50) + 3 + (at % 9))));
    for (const segment of segmentsOf(0, 70, marks))
      expect(new Set(segment.marks.map(({ lane }) => lane)).size).toBe(segment.marks.length);
  });
});

describe("segments", () => {
  test("cover the stretch without gaps, cut at every edge", () => {
    const segments = segmentsOf(0, 20, laid([mark(2, 8), mark(5, 12)]));
    expect(segments.map(({ start, end, marks }) => [start, end, marks.length])).toEqual([
      [0, 2, 0],
      [2, 5, 1],
      [5, 8, 2],
      [8, 12, 1],
      [12, 20, 0],
    ]);
  });
  test("marks that reach beyond are cut off", () => {
    expect(segmentsOf(10, 20, laid([mark(0, 15), mark(18, 30)])).map(({ start }) => start)).toEqual([10, 15, 18]);
  });
});

describe("chunks", () => {
  const text = `First line\n\n${"word ".repeat(1000)}\nlast`;
  const chunks = chunksOf(text);
  test("put together are the text, lines begin blocks", () => {
    expect(chunks.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
    expect(chunks.filter((chunk) => chunk.block)).toHaveLength(4);
    expect(chunks.every(({ start, end }) => end - start <= 1500)).toBe(true);
  });
  test("a line too long to lay out at once is broken on the screen, and loses nothing", () => {
    const line = "word ".repeat(20_000);
    const pieces = chunksOf(line);
    expect(pieces.filter((chunk) => chunk.block).length).toBeGreaterThan(10);
    expect(pieces.map(({ start, end }) => line.slice(start, end)).join("")).toBe(line);
  });
  test("never split an emoji", () => {
    const emoji = "😀".repeat(2000);
    for (const { start, end } of chunksOf(`x${emoji}`))
      expect(encodeURI(`x${emoji}`.slice(start, end))).toContain("%F0");
  });
  test("each knows the marks that lie in it", () => {
    const marks = laid([mark(2, 15), mark(4000, 4010), mark(text.length - 4, text.length)]);
    const found = marksByChunk(chunks, marks);
    const naive = chunks.map((chunk) => marks.filter((one) => one.start < chunk.end && one.end > chunk.start));
    expect(found).toEqual(naive);
  });
});
