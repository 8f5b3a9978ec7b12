import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Problem, unreachable } from "@/lib/problem";
import { Outbox } from "./Outbox";
import type { Op } from "./ops";

/** Just enough of a browser: storage that outlives a page, and a window that hears the network return. */
function openBrowser() {
  const disk = new Map<string, string>();
  const storage = {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem(key: string, value: string) {
      disk.set(key, value);
      Object.defineProperty(storage, key, { value, enumerable: true, configurable: true });
    },
    removeItem(key: string) {
      disk.delete(key);
      delete (storage as Record<string, unknown>)[key];
    },
  };
  for (const name of ["getItem", "setItem", "removeItem"]) Object.defineProperty(storage, name, { enumerable: false });
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", {});
  return disk;
}

const op = (id: string, at = 1): Op => ({
  id,
  kind: "answer",
  answers: { intent: "refund" },
  active_ms: 5,
  projectId: 1,
  taskId: at,
  at,
});
const PERSON = 7;
let disk: Map<string, string>;

beforeEach(() => {
  vi.useFakeTimers();
  disk = openBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the outbox", () => {
  test("is on disk before anything is sent, and empty when the server has answered", async () => {
    const sent: string[] = [];
    const outbox = new Outbox(PERSON, async (one) => void sent.push(one.id));
    outbox.start();
    outbox.add(op("a"));
    expect(disk.size).toBe(1);
    await vi.runAllTimersAsync();
    expect(sent).toEqual(["a"]);
    expect(disk.size).toBe(0);
  });

  test("keeps the order and tries again when the network is gone", async () => {
    let reachable = false;
    const sent: string[] = [];
    const outbox = new Outbox(PERSON, async (one) => {
      if (!reachable) throw unreachable();
      sent.push(one.id);
    });
    outbox.start();
    outbox.add(op("a", 1));
    outbox.add(op("b", 2));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual([]);
    expect(disk.size).toBe(2);
    reachable = true;
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a", "b"]);
    expect(outbox.snapshot().ops).toEqual([]);
  });

  test("survives a closed tab: the next page sends what the last one could not", async () => {
    const lost = new Outbox(PERSON, () => Promise.reject(unreachable()));
    const stop = lost.start();
    lost.add(op("a"));
    await vi.advanceTimersByTimeAsync(5);
    stop();
    const sent: Op[] = [];
    new Outbox(PERSON, async (one) => void sent.push(one)).start();
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([op("a")]);
    expect(disk.size).toBe(0);
  });

  test("two tabs send a deed once", async () => {
    const first = new Outbox(PERSON, () => Promise.reject(unreachable()));
    const stop = first.start();
    first.add(op("a"));
    await vi.advanceTimersByTimeAsync(5);
    const sent: string[] = [];
    const second = new Outbox(PERSON, async (one) => void sent.push(one.id));
    const third = new Outbox(PERSON, async (one) => void sent.push(one.id));
    stop();
    second.start();
    await vi.advanceTimersByTimeAsync(5);
    third.start();
    await vi.advanceTimersByTimeAsync(5);
    expect(sent).toEqual(["a"]);
    expect(third.snapshot().ops).toEqual([]);
  });

  test("knows from its first moment what an earlier visit left", async () => {
    const lost = new Outbox(PERSON, () => Promise.reject(unreachable()));
    lost.add(op("a"));
    expect(new Outbox(PERSON, async () => {}).snapshot().ops).toEqual([op("a")]);
  });

  test("sends nothing in another person's name", async () => {
    const lost = new Outbox(PERSON, () => Promise.reject(unreachable()));
    const stop = lost.start();
    lost.add(op("a"));
    await vi.advanceTimersByTimeAsync(5);
    stop();
    const send = vi.fn(async () => {});
    new Outbox(PERSON + 1, send).start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).not.toHaveBeenCalled();
  });

  test("goes on after a refusal and shows it", async () => {
    const outbox = new Outbox(PERSON, async (one) => {
      if (one.id === "a") throw new Problem(422, "Invalid", "The answers do not fit the schema.");
    });
    outbox.start();
    outbox.add(op("a", 1));
    outbox.add(op("b", 2));
    await vi.runAllTimersAsync();
    expect(outbox.snapshot().ops).toEqual([]);
    expect(outbox.snapshot().refused.map((refusal) => refusal.op.id)).toEqual(["a"]);
  });
});
