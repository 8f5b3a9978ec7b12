/** The states of a record, in the order of its way, with the words the screens use. */
import type { Tone } from "@/ui/Tag";

export type RecordState = "new" | "in_progress" | "disputed" | "resolved";
export type StateWords = { state: RecordState; title: string; help: string; tone: Tone; colour: string };

export const STATES: readonly StateWords[] = [
  {
    state: "resolved",
    title: "Resolved",
    help: "It has an accepted answer.",
    tone: "good",
    colour: "var(--gs-gold)",
  },
  {
    state: "disputed",
    title: "Waiting for an expert",
    help: "Annotators disagree, or the record is sensitive or flagged.",
    tone: "bad",
    colour: "var(--gs-bad)",
  },
  {
    state: "in_progress",
    title: "In progress",
    help: "Some answers are in, more are wanted.",
    tone: "gold",
    colour: "var(--gs-gold-line)",
  },
  {
    state: "new",
    title: "Untouched",
    help: "Nobody has answered yet.",
    tone: "quiet",
    colour: "var(--gs-line-strong)",
  },
];

export function wordsOf(state: string): StateWords | undefined {
  return STATES.find((one) => one.state === state);
}
