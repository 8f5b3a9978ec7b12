/**
 * Two candidates on a screen, and the answer behind them. People see a first and a second side; which candidate stands
 * first is drawn by the server. Everything beyond this file is canonical: `a` is `a_field`, wherever it was shown.
 */
import type { Preference, QuestionOf } from "./shapes";

export type Side = "first" | "second";

/** One place on the scale between the two sides; `strength` grows outwards and is undefined where none is asked. */
export type Place = { side: Side; strength: number | undefined; title: string };

const STRENGTH_WORDS: Record<number, readonly string[]> = {
  1: ["better"],
  2: ["slightly better", "clearly better"],
  3: ["slightly better", "better", "much better"],
  4: ["barely better", "slightly better", "better", "much better"],
};

/** The scale from the far first side to the far second side; ties stand apart. */
export function placesOf({ strengths }: Pick<QuestionOf<"preference">, "strengths">): readonly Place[] {
  const words = STRENGTH_WORDS[Math.max(1, strengths)] ?? [];
  const levels = words.map((title, i) => ({ strength: strengths > 1 ? i + 1 : undefined, title }));
  const first = levels.toReversed().map((level) => ({ side: "first" as const, ...level }));
  return [...first, ...levels.map((level) => ({ side: "second" as const, ...level }))];
}

export function candidateOn(side: Side, swapped: boolean): "a" | "b" {
  return (side === "first") === swapped ? "b" : "a";
}

export function sideOf(choice: "a" | "b", swapped: boolean): Side {
  return (choice === "a") === swapped ? "second" : "first";
}

export function answerAt(place: Place, swapped: boolean): Preference {
  const choice = candidateOn(place.side, swapped);
  return place.strength === undefined ? { choice } : { choice, strength: place.strength };
}

export function isAt(place: Place, answer: Preference | undefined, swapped: boolean): boolean {
  if (answer?.choice !== "a" && answer?.choice !== "b") return false;
  return sideOf(answer.choice, swapped) === place.side && (place.strength ?? 1) === (answer.strength ?? 1);
}

/** One arrow press: onto the weakest place of that side, then outwards; from the other side first back inwards. */
export function stepTowards(
  side: Side,
  answer: Preference | undefined,
  places: readonly Place[],
  swapped: boolean,
): Preference {
  const at = places.findIndex((place) => isAt(place, answer, swapped));
  const inner = places.length / 2;
  const way = side === "first" ? -1 : 1;
  const start = side === "first" ? inner - 1 : inner;
  const next = at === -1 ? start : Math.min(Math.max(at + way, 0), places.length - 1);
  return answerAt(places[next] as Place, swapped);
}
