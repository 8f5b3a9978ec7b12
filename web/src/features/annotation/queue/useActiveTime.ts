/** Listens for signs of life and counts; `read()` tells the active time of the record on screen. */
import { useEffect, useRef } from "react";
import { type ActiveTime, hidden, seen, shown, startedAt, totalMs } from "./activeTime";

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "touchmove"] as const;

export type ActiveTimer = {
  read: () => number;
  /** Starts over for another record. */
  restart: (alreadyMs: number) => void;
  /** When somebody was last here, in `performance.now()` milliseconds. */
  lastSeen: () => number;
};

export function useActiveTime(): ActiveTimer {
  const time = useRef<ActiveTime>(startedAt(performance.now()));
  const last = useRef(performance.now());
  const timer = useRef<ActiveTimer>({
    read: () => totalMs(time.current, performance.now()),
    restart: (alreadyMs) => {
      time.current = startedAt(performance.now(), alreadyMs);
    },
    lastSeen: () => last.current,
  });
  useEffect(() => {
    const onSign = () => {
      last.current = performance.now();
      time.current = seen(time.current, last.current);
    };
    const onVisibility = () => {
      time.current = (document.hidden ? hidden : shown)(time.current, performance.now());
    };
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true, capture: true });
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true });
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, []);
  return timer.current;
}
