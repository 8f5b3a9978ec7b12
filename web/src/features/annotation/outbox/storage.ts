/** The outbox on disk: one entry per op, so that two tabs never overwrite each other's. */
import { keep, kept, keptNames, unkeep } from "@/lib/kept";
import type { Op } from "./ops";

const prefix = (personId: number) => `outbox:${personId}:`;
const nameOf = (personId: number, op: Op) => `${prefix(personId)}${String(op.at).padStart(15, "0")}:${op.id}`;

export function storeOp(personId: number, op: Op): boolean {
  return keep(nameOf(personId, op), op);
}

export function removeOp(personId: number, op: Op): void {
  unkeep(nameOf(personId, op));
}

export function isStored(personId: number, op: Op): boolean {
  return kept(nameOf(personId, op)) !== undefined;
}

/** Every op of this person that no server has confirmed, oldest first. */
export function storedOps(personId: number): Op[] {
  return keptNames(prefix(personId)).flatMap((name) => kept<Op>(name) ?? []);
}
