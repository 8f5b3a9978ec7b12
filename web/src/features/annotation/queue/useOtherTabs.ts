/**
 * Tabs of one person tell each other what is finished, so that nobody answers a record twice without knowing, and what
 * they hold, so that one that closes gives back only what no other shows.
 */
import { type Dispatch, useEffect, useMemo, useRef } from "react";
import { randomId } from "@/lib/id";
import type { Queue, QueueEvent } from "./queue";

/** A number is a task that is finished. */
type Said = number | { tab: string; holds: readonly number[] } | { asks: true };

/** Listens to the other tabs; returns how to tell them what is finished, and what they hold. */
export function useOtherTabs(projectId: number, personId: number, queue: Queue, dispatch: Dispatch<QueueEvent>) {
  const tab = useMemo(randomId, []);
  const channel = useRef<BroadcastChannel>(undefined);
  const others = useRef(new Map<string, readonly number[]>());
  const mine = queue.ahead.map((work) => work.item.task_id).join();
  const holds = useMemo(() => (mine ? mine.split(",").map(Number) : []), [mine]);
  const latest = useRef(holds);
  latest.current = holds;

  useEffect(() => {
    const tabs = new BroadcastChannel(`goldsmith.queue.${projectId}.${personId}`);
    const say = (said: Said) => tabs.postMessage(said);
    tabs.onmessage = ({ data }: MessageEvent<Said>) => {
      if (typeof data === "number") dispatch({ type: "finishedElsewhere", taskId: data });
      else if ("asks" in data) say({ tab, holds: latest.current });
      else others.current.set(data.tab, data.holds);
    };
    channel.current = tabs;
    say({ asks: true });
    const leave = () => say({ tab, holds: [] });
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
      tabs.close();
    };
  }, [projectId, personId, tab, dispatch]);

  useEffect(() => channel.current?.postMessage({ tab, holds } satisfies Said), [tab, holds]);

  return {
    tell: (taskId: number) => channel.current?.postMessage(taskId satisfies Said),
    heldElsewhere: () => new Set([...others.current.values()].flat()),
  };
}
