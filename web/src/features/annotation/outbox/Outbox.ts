/**
 * Deeds leave through here. An op is on disk before the screen moves on; one op at a time goes to the server, in order;
 * whatever passes (no network, a busy server) is tried again; what the server refuses is put before the person.
 */
import { asProblem } from "@/lib/problem";
import { emptyOutbox, type Op, type OutboxEvent, type OutboxState, outboxReducer, pauseMs } from "./ops";
import { isStored, removeOp, storedOps, storeOp } from "./storage";

type Send = (op: Op) => Promise<void>;

export class Outbox {
  private state: OutboxState;
  /** Ops that were seen on disk; when one is gone from there, another tab has sent it. */
  private readonly onDisk = new Set<string>();
  private readonly watchers = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private open = false;

  constructor(
    private readonly personId: number,
    private readonly send: Send,
  ) {
    const left = storedOps(personId);
    for (const op of left) this.onDisk.add(op.id);
    this.state = { ...emptyOutbox, ops: left, failures: left.length > 0 ? 1 : 0 };
  }

  /** Starts sending; what an earlier visit left behind goes first. Returns how to stop. */
  start(): () => void {
    this.open = true;
    const again = () => this.hurry();
    window.addEventListener("online", again);
    this.hurry();
    return () => {
      this.open = false;
      clearTimeout(this.timer);
      window.removeEventListener("online", again);
    };
  }

  add(op: Op): void {
    const before = this.state.ops;
    this.change({ type: "added", op });
    if (this.state.ops.includes(op) && storeOp(this.personId, op)) this.onDisk.add(op.id);
    for (const gone of before) if (!this.state.ops.includes(gone)) removeOp(this.personId, gone);
    if (this.state.failures === 0) queueMicrotask(() => void this.run());
  }

  dismiss(id: string): void {
    this.change({ type: "dismissed", id });
  }

  hurry(): void {
    clearTimeout(this.timer);
    void this.run();
  }

  subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  snapshot = (): OutboxState => this.state;

  private async run(): Promise<void> {
    if (this.running || !this.open) return;
    this.running = true;
    try {
      await alone(`goldsmith-outbox-${this.personId}`, () => this.sendAll());
    } finally {
      this.running = false;
    }
    // What was added while the last request ended would otherwise wait for the next deed.
    if (this.state.ops.length > 0 && this.state.failures === 0) void this.run();
  }

  private async sendAll(): Promise<void> {
    for (let op = this.state.ops[0]; op && this.open; op = this.state.ops[0]) {
      if (!(await this.sendOne(op))) return;
    }
  }

  private async sendOne(op: Op): Promise<boolean> {
    this.change({ type: "sending", id: op.id });
    try {
      if (!this.sentElsewhere(op)) await this.send(op);
    } catch (error) {
      return this.failed(op, error);
    }
    removeOp(this.personId, op);
    this.change({ type: "sent", id: op.id });
    return true;
  }

  private sentElsewhere(op: Op): boolean {
    return this.onDisk.has(op.id) && !isStored(this.personId, op);
  }

  private failed(op: Op, error: unknown): boolean {
    const problem = asProblem(error);
    if (problem.passing || problem.status === 401) {
      this.change({ type: "failed" });
      this.timer = setTimeout(() => void this.run(), pauseMs(this.state.failures));
      return false;
    }
    removeOp(this.personId, op);
    this.change({ type: "refused", refusal: { op, title: problem.title, detail: problem.message } });
    return true;
  }

  private change(event: OutboxEvent): void {
    this.set(outboxReducer(this.state, event));
  }

  private set(state: OutboxState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}

/** Only one tab sends at a time, where the browser can promise that; the idempotency key covers the rest. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, work);
  else await work();
}
