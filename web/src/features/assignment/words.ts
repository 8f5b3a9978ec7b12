/** Changes of the queue, and what records ask for, as people say them. */
import { leftInWords } from "@/features/records/jobWords";
import type { Change, Lane, Steering } from "./requests";

export function dayOf(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

const NAMED = 3;

export function laneInWords({ skills, among }: Pick<Lane, "skills" | "among">): string {
  if (among.length > 0) {
    const named = among.slice(0, among.length > NAMED + 1 ? NAMED : among.length).map((one) => one.name);
    const more = among.length - named.length;
    return `Only ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }
  return skills.length > 0 ? skills.join(" and ") : "Anybody";
}

export function changeInWords(change: Change, nameOf: (id: number) => string): string {
  const { priority, due_at, no_due_date, skills, people } = change;
  const parts = [
    priority != null && `priority ${priority}`,
    due_at && `due ${dayOf(due_at)}`,
    no_due_date && "no due date",
    skills && skills.length > 0 && `for people who know ${skills.join(" and ")}`,
    people && people.length > 0 && `only for ${people.map(nameOf).join(", ")}`,
    (skills ?? people)?.length === 0 && "for anybody",
  ];
  return parts.filter(Boolean).join(", ");
}

export function selectionInWords(selection: Partial<Steering["selection"]>, nameOf: (id: number) => string): string {
  const { q, states = [], facets = [], open_comments, answer = [], given = [], annotator = [] } = selection;
  const parts = [
    q && `“${q}”`,
    ...states.map((state) => state.replaceAll("_", " ")),
    ...facets,
    open_comments && "open comments",
    ...answer.map((one) => `accepted ${one}`),
    ...given.map((one) => `answered ${one}`),
    ...annotator.map((id) => `answered by ${nameOf(id)}`),
    selection.answered_from && `answered since ${dayOf(selection.answered_from)}`,
    selection.answered_until && `answered before ${dayOf(selection.answered_until)}`,
  ];
  const named = parts.filter(Boolean);
  return named.length > 0 ? named.join(" · ") : "Every record";
}

/** How far a change is that was taken back, and what was left. */
export function backInWords({ undone_at, course }: Pick<Steering, "undone_at" | "course">): string {
  if (!undone_at) return course?.state === "undoing" ? "On the way back" : "Too long ago to take back";
  return ["Taken back", ...leftInWords(course?.kept ?? {})].join(", ");
}

/** A day as its input gives it, as the end of that day here. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
