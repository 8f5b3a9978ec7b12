import { useReducer } from "react";
import { redone, stepped, type Undoable, undoable, undone } from "@/lib/undoable";
import type { Draft } from "./draft";
import { type Edit, edited } from "./edits";

type Step = Edit | "undo" | "redo" | { restart: Draft };

export type SchemaDraft = {
  draft: Draft;
  edit: (edit: Edit) => void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  restart: (draft: Draft) => void;
};

export function useSchemaDraft(first: () => Draft): SchemaDraft {
  const [state, send] = useReducer(reduce, undefined, () => undoable(first()));
  return {
    draft: state.now,
    edit: send,
    undo: state.past.length > 0 ? () => send("undo") : undefined,
    redo: state.future.length > 0 ? () => send("redo") : undefined,
    restart: (draft) => send({ restart: draft }),
  };
}

function reduce(state: Undoable<Draft>, step: Step): Undoable<Draft> {
  if (step === "undo") return undone(state);
  if (step === "redo") return redone(state);
  if ("restart" in step) return undoable(step.restart);
  return stepped(state, edited(state.now, step), kindOf(step));
}

function kindOf(edit: Edit): string | null {
  return "to" in edit ? `${edit.do} ${edit.id} ${Object.keys(edit.to).join()}` : null;
}
