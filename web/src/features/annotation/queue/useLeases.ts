/** Keeps records while somebody works; what went back while nobody was here is fetched anew when they return. */
import { type Dispatch, useEffect, useRef } from "react";
import { dueForRenewal, ended, localEnd } from "./leases";
import type { QueueEvent } from "./queue";
import { giveBack, renew } from "./requests";
import type { ActiveTimer } from "./useActiveTime";
import type { Latest } from "./useSupply";

const LOOK_MS = 15_000;

type Leases = {
  projectId: number;
  leaseMs: number;
  latest: Latest;
  timer: ActiveTimer;
  dispatch: Dispatch<QueueEvent>;
};

export function useLeases({ projectId, leaseMs, latest, timer, dispatch }: Leases): void {
  useEffect(() => {
    const look = async () => {
      const works = latest.current.queue.ahead;
      const idleMs = performance.now() - timer.lastSeen();
      if (idleMs < LOOK_MS) dispatch({ type: "ended", taskIds: ended(works, Date.now()) });
      const taskIds = dueForRenewal(works, leaseMs, Date.now(), idleMs);
      if (taskIds.length === 0) return;
      const until = await renew(projectId, taskIds).catch(() => undefined);
      if (until) dispatch({ type: "renewed", taskIds, untilMs: localEnd(until, leaseMs, Date.now()) });
    };
    const interval = setInterval(() => void look(), Math.min(LOOK_MS, leaseMs / 4));
    return () => clearInterval(interval);
  }, [projectId, leaseMs, latest, timer, dispatch]);
}

/** Leaving the page: what nobody touched, and no other tab shows, goes to somebody else at once. */
export function useGiveBack(projectId: number, latest: Latest, heldElsewhere: () => ReadonlySet<number>): void {
  const elsewhere = useRef(heldElsewhere);
  elsewhere.current = heldElsewhere;
  useEffect(() => {
    const leave = () => {
      const untouched = latest.current.queue.ahead.filter(
        (work) => work.visit === "new" && Object.keys(work.answers).length === 0,
      );
      const held = elsewhere.current();
      giveBack(
        projectId,
        untouched.map((work) => work.item.task_id).filter((taskId) => !held.has(taskId)),
      );
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [projectId, latest]);
}
