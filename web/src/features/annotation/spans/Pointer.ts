/** Where the selection stands in a record: kept beside the page's own selection, which is lost whenever focus moves. */
import { useSyncExternalStore } from "react";
import type { Selected } from "./words";

export type Pointed = Selected & {
  /** The name of a place: a field, or a turn of a chat. */
  readonly place: string;
};

export class Pointer {
  #at: Pointed | null = null;
  readonly #watchers = new Set<() => void>();

  readonly get = (): Pointed | null => this.#at;

  readonly set = (at: Pointed | null): void => {
    const now = this.#at;
    if (now === at || (now && at && now.place === at.place && now.anchor === at.anchor && now.focus === at.focus))
      return;
    this.#at = at;
    for (const watcher of this.#watchers) watcher();
  };

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };
}

export function usePointed(pointer: Pointer): Pointed | null {
  return useSyncExternalStore(pointer.watch, pointer.get);
}
