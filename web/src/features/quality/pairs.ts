/** Pairs of people as a square: who with whom. */
import type { PairAgreement } from "./api/agreement";

export type Square = {
  people: ReadonlyArray<{ id: number; name: string }>;
  pairOf: (a: number, b: number) => PairAgreement | undefined;
};

export function squareOf(pairs: readonly PairAgreement[]): Square {
  const names = new Map(pairs.flatMap(({ a, b }) => [[a.id, a.name] as const, [b.id, b.name] as const]));
  const people = [...names].map(([id, name]) => ({ id, name })).sort((x, y) => x.name.localeCompare(y.name));
  const found = new Map(pairs.flatMap((pair) => [[keyOf(pair.a.id, pair.b.id), pair] as const]));
  return { people, pairOf: (a, b) => found.get(keyOf(a, b)) };
}

function keyOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
