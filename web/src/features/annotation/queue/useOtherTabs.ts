/** Tabs of one person tell each other what is finished, so that nobody answers a record twice without knowing. */
import { type Dispatch, useEffect, useRef } from "react";
import type { QueueEvent } from "./queue";

/** Listens to the other tabs; returns how to tell them. */
export function useOtherTabs(projectId: number, personId: number, dispatch: Dispatch<QueueEvent>) {
  const channel = useRef<BroadcastChannel>(undefined);
  useEffect(() => {
    const tabs = new BroadcastChannel(`goldsmith.queue.${projectId}.${personId}`);
    tabs.onmessage = ({ data }: MessageEvent<number>) => dispatch({ type: "finishedElsewhere", taskId: data });
    channel.current = tabs;
    return () => tabs.close();
  }, [projectId, personId, dispatch]);
  return (taskId: number) => channel.current?.postMessage(taskId);
}
