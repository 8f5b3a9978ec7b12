/** One outbox for the signed-in person, alive on every page, so that what waits keeps leaving. */
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { Outbox } from "./Outbox";
import type { OutboxState } from "./ops";
import { sendOp } from "./send";

const Here = createContext<Outbox | null>(null);

export function OutboxProvider({ personId, children }: { personId: number; children: ReactNode }) {
  const [outbox] = useState(() => new Outbox(personId, sendOp));
  useEffect(() => outbox.start(), [outbox]);
  return <Here.Provider value={outbox}>{children}</Here.Provider>;
}

export function useOutbox(): Outbox {
  const outbox = useContext(Here);
  if (!outbox) throw new Error("The outbox lives in the shell; this part was rendered outside of it.");
  return outbox;
}

export function useOutboxState(): OutboxState {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.snapshot);
}
