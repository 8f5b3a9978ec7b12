/** The keymap of whoever is here: known at once from this browser, and to components as it changes. */
import { useSyncExternalStore } from "react";
import { keep, kept } from "../kept";
import { deedNamed, type Keymap } from "./keymap";
import type { KeyName } from "./match";

const KEPT = "keys";
const watchers = new Set<() => void>();
let keymap: Keymap = kept<Keymap>(KEPT) ?? {};

export function chosenKeys(): Keymap {
  return keymap;
}

export function chooseKeys(next: Keymap): void {
  keymap = next;
  keep(KEPT, next);
  for (const watcher of watchers) watcher();
}

export function useChosenKeys(): Keymap {
  return useSyncExternalStore(watchChosenKeys, chosenKeys);
}

/** The key to show for the deed of a group: the one that was chosen, or the one it comes with. */
export function useKeyFor(group: string | undefined, key: KeyName): KeyName {
  return useSyncExternalStore(watchChosenKeys, () => (group && keymap[deedNamed(group, key)]) || key);
}

export function watchChosenKeys(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
