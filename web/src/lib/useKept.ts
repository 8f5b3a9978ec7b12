/** A value kept in this browser: survives a reload, follows other tabs, never fails when storage is closed. */
import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "goldsmith:";
const watchers = new Set<() => void>();

export function useKept<T extends string>(name: string, fallback: T): [T, (next: T) => void] {
  const value = useSyncExternalStore(watch, () => (readText(name) as T | null) ?? fallback);
  const write = useCallback((next: T) => writeText(name, next), [name]);
  return [value, write];
}

function readText(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function writeText(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is closed or full: the choice then lasts as long as the page.
  }
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
}
