/** Undo and redo of answers within one record. Going back to the record before begins where this ends. */
import { useRef } from "react";
import { redone, stepped, type Undoable, undoable, undone } from "@/lib/undoable";
import type { Answers } from "./shapes";

type OnAnswer = (answers: Answers, at: string) => void;
type Step = { answers: Answers; at: string };

export function useAnswerSteps(answers: Answers, at: string, onAnswer: OnAnswer) {
  const steps = useRef<Undoable<Step>>(undoable({ answers, at }));
  const show = (next: Undoable<Step>) => {
    steps.current = next;
    onAnswer(next.now.answers, next.now.at);
  };
  return {
    change(next: Answers, to: string) {
      if (next !== answers) steps.current = stepped(steps.current, { answers: next, at: to }, typedInto(next, at));
      onAnswer(next, to);
    },
    undo: steps.current.past.length > 0 ? () => show(undone(steps.current)) : undefined,
    redo: steps.current.future.length > 0 ? () => show(redone(steps.current)) : undefined,
  };
}

/** Letters typed one after the other are one step. */
function typedInto(answers: Answers, at: string): string | null {
  const value = answers[at];
  const isTyped = Array.isArray(value) && value.length > 0 && value.every(isRewrite);
  return isTyped || typeof value === "string" ? `${at}:${typeof value}` : null;
}

function isRewrite(part: unknown): boolean {
  return typeof part === "object" && part !== null && "text" in part;
}
