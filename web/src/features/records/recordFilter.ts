/** What of a project's records is shown. It stands in the address, so that a link shows the same. */
import { type RecordState, STATES } from "./states";

export type RecordFilter = {
  q: string;
  state: RecordState[];
  /** "key:value"; several of one key are alternatives. */
  facet: string[];
  /** Only records with a thread that nobody resolved. */
  open_comments: boolean;
  sort: "id" | "-id";
};

export type RecordSearch = {
  q?: string;
  state?: RecordState[];
  facet?: string[];
  open_comments?: true;
  sort?: "-id";
  record?: number;
};

const KNOWN = new Set<string>(STATES.map((one) => one.state));

/** Reads an address leniently: one value or many, and nothing that does not exist. */
export function filterFrom(search: Readonly<Record<string, unknown>>): RecordFilter {
  const state = listOf(search.state).filter((one): one is RecordState => KNOWN.has(one));
  const facet = listOf(search.facet).filter((one) => one.includes(":"));
  return {
    q: search.q === undefined ? "" : String(search.q),
    state,
    facet,
    open_comments: String(search.open_comments) === "true",
    sort: search.sort === "-id" ? "-id" : "id",
  };
}

/** Only what differs from showing everything, oldest first. */
export function searchFrom({ q, state, facet, open_comments, sort }: RecordFilter): RecordSearch {
  return {
    ...(q ? { q } : {}),
    ...(state.length > 0 ? { state } : {}),
    ...(facet.length > 0 ? { facet } : {}),
    ...(open_comments ? { open_comments } : {}),
    ...(sort === "-id" ? { sort } : {}),
  };
}

export function toggledIn<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

export function isFiltered({ q, state, facet, open_comments }: RecordFilter): boolean {
  return q !== "" || state.length > 0 || facet.length > 0 || open_comments;
}

/** Do both show the same? The order in which states and facets were chosen does not matter. */
export function sameFilter(a: Readonly<Partial<RecordFilter>>, b: Readonly<Partial<RecordFilter>>): boolean {
  return inOneForm(a) === inOneForm(b);
}

function inOneForm(filter: Readonly<Partial<RecordFilter>>): string {
  const { q = "", state = [], facet = [], open_comments = false, sort = "id" } = filter;
  return JSON.stringify([q, [...state].sort(), [...facet].sort(), open_comments, sort]);
}

/** "channel:e-mail" → ["channel", "e-mail"]; a value may hold colons, a key may not. */
export function pairOf(facet: string): readonly [key: string, value: string] {
  const at = facet.indexOf(":");
  return [facet.slice(0, at), facet.slice(at + 1)];
}

function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
