/** JSON kept in this browser. Storage may be closed or full: reading then finds nothing, and writing says so by `false`. */
const PREFIX = "goldsmith:";

export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function unkeep(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing can be kept here, so nothing has to go.
  }
}

export function keptNames(start: string): string[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + start));
    return names.map((name) => name.slice(PREFIX.length)).sort();
  } catch {
    return [];
  }
}
