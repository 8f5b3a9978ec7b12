/** A change on the server that says what it did and can be taken back. */
import { useMutation } from "@tanstack/react-query";
import { type Deed, did } from "./deeds";

type Change<Given, Answer, Before> = {
  /** Does it; and again after an undo, unless the deed says how. */
  run: (given: Given) => Promise<Answer>;
  /** What stood there before, for the way back. */
  before?: (given: Given) => Before;
  /** What to say of it; null where there is no way back. */
  deed: (given: Given, before: Before, answer: Answer) => Deed | null;
  /** Asks anew for what it touched, here and on the way back. */
  refresh: () => Promise<unknown>;
};

/** The deed counts from the server's answer on, before anything is asked for anew: what was done last is undone first. */
export function useDeed<Given, Answer, Before = undefined>({
  run,
  before,
  deed,
  refresh,
}: Change<Given, Answer, Before>) {
  return useMutation({
    mutationFn: run,
    onMutate: (given) => before?.(given) as Before,
    onSuccess: (answer, given, was) => {
      const told = deed(given, was, answer);
      if (told) did(refreshing({ redo: () => run(given), ...told }, refresh));
      return refresh();
    },
  });
}

function refreshing({ done, undo, redo }: Required<Deed>, refresh: () => Promise<unknown>): Deed {
  return { done, undo: (tell) => undo(tell).then(refresh), redo: (tell) => redo(tell).then(refresh) };
}
