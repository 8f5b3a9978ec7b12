/** The way from the version in use back to an earlier one, in words. Versions form a tree: each was made from another. */
import type { Schema } from "../queries";
import { differences } from "./words";

/** What going back takes back, the newest first; then what was undone by an earlier step back and comes again. */
export function takenBack(versions: readonly Schema[], from: number, to: number): readonly string[] {
  const { back, on } = wayBetween(versions, from, to);
  return [...back.map((words) => `Taken back: ${words}`), ...on.map((words) => `Again: ${words}`)];
}

/** Changes on the way from one version to another: those it leaves behind, then those it takes up. */
export function wayBetween(
  versions: readonly Schema[],
  from: number,
  to: number,
): { back: readonly string[]; on: readonly string[] } {
  const lineage = lineOf(versions, to);
  const undone = lineOf(versions, from).filter((version) => !lineage.includes(version));
  const redone = lineage.filter((version) => !lineOf(versions, from).includes(version)).toReversed();
  return {
    back: undone.flatMap((version) => changesOf(versions, version)),
    on: redone.flatMap((version) => changesOf(versions, version)),
  };
}

/** What a version changed against the one it was made from. */
export function changesOf(versions: readonly Schema[], version: number): readonly string[] {
  const one = versions.find((each) => each.version === version);
  const parent = versions.find((each) => each.version === one?.parent);
  return one && parent ? differences(parent, one, one.changes) : [];
}

function lineOf(versions: readonly Schema[], from: number): readonly number[] {
  const line: number[] = [];
  for (let at: number | null | undefined = from; at; ) {
    line.push(at);
    at = versions.find((each) => each.version === at)?.parent;
  }
  return line;
}
