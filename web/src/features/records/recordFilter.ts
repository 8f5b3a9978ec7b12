/** What of a project's records is shown. It stands in the address, so that a link shows the same. */
import { type RecordState, STATES } from "./states";

export type RecordFilter = {
  q: string;
  state: RecordState[];
  /** "key:value"; several of one key are alternatives. */
  facet: string[];
  /** Only records with a thread that nobody resolved. */
  open_comments: boolean;
  /** "question:value" of the accepted answer; several of one question are alternatives. */
  answer: string[];
  /** "question:value" of somebody's answer; who and when speak of the same answer. */
  given: string[];
  annotator: number[];
  /** From this moment on, and before this one. */
  answered_from: string | null;
  answered_until: string | null;
  sort: "id" | "-id";
};

/** What stands in the address: only what is asked for. */
export type RecordSearch = {
  [Part in keyof RecordFilter]?: Exclude<RecordFilter[Part], null | false>;
} & { record?: number };

export const EVERYTHING: RecordFilter = {
  q: "",
  state: [],
  facet: [],
  open_comments: false,
  answer: [],
  given: [],
  annotator: [],
  answered_from: null,
  answered_until: null,
  sort: "id",
};

const KNOWN = new Set<string>(STATES.map((one) => one.state));

/** Reads an address leniently: one value or many, and nothing that does not exist. */
export function filterFrom(search: Readonly<Record<string, unknown>>): RecordFilter {
  const pairs = (value: unknown) => listOf(value).filter((one) => one.includes(":"));
  return {
    q: search.q === undefined ? "" : String(search.q),
    state: listOf(search.state).filter((one): one is RecordState => KNOWN.has(one)),
    facet: pairs(search.facet),
    open_comments: String(search.open_comments) === "true",
    answer: pairs(search.answer),
    given: pairs(search.given),
    annotator: listOf(search.annotator).map(Number).filter(Number.isInteger),
    answered_from: momentFrom(search.answered_from),
    answered_until: momentFrom(search.answered_until),
    sort: search.sort === "-id" ? "-id" : "id",
  };
}

/** Only what differs from showing everything, oldest first. */
export function searchFrom(filter: Readonly<Partial<RecordFilter>>): RecordSearch {
  const asked = Object.entries(filter).filter(([part, value]) =>
    Array.isArray(value) ? value.length > 0 : value && !(part === "sort" && value === "id"),
  );
  return Object.fromEntries(asked) as RecordSearch;
}

export function toggledIn<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

export function isFiltered(filter: RecordFilter): boolean {
  return Object.keys(searchFrom({ ...filter, sort: "id" })).length > 0;
}

/** In how many ways answers narrow what is shown. */
export function countAboutAnswers({ answer, given, annotator, answered_from, answered_until }: RecordFilter): number {
  return [answer.length, given.length, annotator.length, answered_from, answered_until].filter(Boolean).length;
}

/** Do both show the same? The order in which states and facets were chosen does not matter. */
export function sameFilter(a: Readonly<Partial<RecordFilter>>, b: Readonly<Partial<RecordFilter>>): boolean {
  return inOneForm(a) === inOneForm(b);
}

function inOneForm(filter: Readonly<Partial<RecordFilter>>): string {
  const parts = Object.entries(searchFrom(filter)).map(([part, value]) => [
    part,
    Array.isArray(value) ? value.map(String).sort() : value,
  ]);
  return JSON.stringify(parts.sort());
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

function momentFrom(value: unknown): string | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
