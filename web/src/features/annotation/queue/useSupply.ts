/** Keeps enough records at hand: claims ahead, and looks again where nothing came. */
import { type Dispatch, type RefObject, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "@/lib/problem";
import type { Op } from "../outbox";
import type { Item } from "../shapes";
import { type Queue, type QueueEvent, type Work, wanted } from "./queue";
import { claim } from "./requests";

const LOOK_AGAIN_MS = 20_000;
const TROUBLE_MS = 4_000;
const HOLDING_MOST = 50;

/** The present queue and outbox, for code that runs later than the render that made it. */
export type Latest = RefObject<{ queue: Queue; ops: readonly Op[] }>;

type Supply = {
  projectId: number;
  queue: Queue;
  latest: Latest;
  dispatch: Dispatch<QueueEvent>;
  workFor: (item: Item) => Promise<Work>;
};

/** What stands in the way of more records, if anything does. */
export function useSupply({ projectId, queue, latest, dispatch, workFor }: Supply): Problem | null {
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const underWay = useRef(false);
  const count = wanted(queue);
  useEffect(() => {
    if (count === 0 || underWay.current) return;
    underWay.current = true;
    dispatch({ type: "asked" });
    const fetchWorks = async () => {
      const batch = await claim(projectId, count, atHand(latest));
      const works = await Promise.all(batch.items.map(workFor));
      setTrouble(null);
      dispatch({ type: "arrived", batch, wanted: count, works, settled: latest.current.ops.length === 0 });
    };
    const fail = (error: unknown) => {
      setTrouble(asProblem(error));
      dispatch({ type: "askFailed" });
    };
    void fetchWorks()
      .catch(fail)
      .finally(() => {
        underWay.current = false;
      });
  }, [count, projectId, latest, dispatch, workFor]);
  useLookAgain(queue.dry || queue.stalled, trouble ? TROUBLE_MS : LOOK_AGAIN_MS, dispatch);
  return trouble;
}

/** Now and then, when the person comes back, and when the network does. */
function useLookAgain(waiting: boolean, everyMs: number, dispatch: Dispatch<QueueEvent>): void {
  useEffect(() => {
    if (!waiting) return;
    const resume = () => dispatch({ type: "resumed" });
    const interval = setInterval(resume, everyMs);
    window.addEventListener("focus", resume);
    window.addEventListener("online", resume);
    return () => {
      clearInterval(interval);
      window.removeEventListener("focus", resume);
      window.removeEventListener("online", resume);
    };
  }, [waiting, everyMs, dispatch]);
}

/** What the server need not send: records shown or waiting here, and those whose answers are still on their way. */
function atHand(latest: Latest): number[] {
  const { queue, ops } = latest.current;
  return [...queue.ahead.map((work) => work.item.task_id), ...ops.map((op) => op.taskId)].slice(0, HOLDING_MOST);
}
