/** The way from the version in use back to an earlier one, in words. Versions form a tree: each was made from another. */
import type { Schema } from "../queries";
import { differences } from "./words";

/** What the versions between the two changed, the newest first; then what was undone with an earlier step back. */
export function takenBack(versions: readonly Schema[], from: number, to: number): readonly string[] {
  const lineage = lineOf(versions, to);
  const undone = lineOf(versions, from).filter((version) => !lineage.includes(version));
  const redone = lineage.filter((version) => !lineOf(versions, from).includes(version)).toReversed();
  return [
    ...undone.flatMap((version) => changesOf(versions, version).map((words) => `Taken back: ${words}`)),
    ...redone.flatMap((version) => changesOf(versions, version).map((words) => `Again: ${words}`)),
  ];
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
