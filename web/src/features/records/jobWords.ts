/** Long work in words: what it is, how far, and what came of it. */
import { count, duration, plural } from "@/lib/format";
import type { Tone } from "@/ui/Tag";
import type { Job } from "./api/jobs";

export const STATE_WORDS: Record<Job["state"], { title: string; tone: Tone }> = {
  queued: { title: "Waiting for a worker", tone: "quiet" },
  running: { title: "Running", tone: "gold" },
  cancelling: { title: "Stopping", tone: "gold" },
  cancelled: { title: "Cancelled", tone: "quiet" },
  failed: { title: "Failed", tone: "bad" },
  done: { title: "Done", tone: "good" },
};

const BULK: Record<string, { title: string; done: string }> = {
  delete_records: { title: "Deletion of records", done: "deleted" },
  restore_records: { title: "Deleted records come back", done: "back" },
  steer_queue: { title: "Change of the queue", done: "changed" },
  undo_steering: { title: "Change of the queue taken back", done: "as before" },
  accept_cases: { title: "Acceptance of many answers", done: "accepted" },
  undo_acceptance: { title: "Acceptances taken back", done: "open again" },
  relabel_records: { title: "Re-labelling of records", done: "re-labelled" },
  undo_relabelling: { title: "Re-labelling taken back", done: "as before" },
};

const LEFT: Record<string, string> = {
  deleted: "deleted meanwhile",
  erased: "erased",
  done: "done meanwhile",
  held: "in somebody's hands",
  own: "annotated by the same person",
  decided: "decided meanwhile",
  changed_since: "changed since",
  unanswered: "without an accepted answer",
  older: "accepted under earlier questions",
  same: "that say so already",
  otherwise: "answered otherwise",
  unfit: "whose other answers would not fit any more",
};

export function titleOfJob({ kind, dry_run, title }: Pick<Job, "kind" | "dry_run" | "title">): string {
  if (kind === "import") return `${dry_run ? "Check" : "Import"} of ${title ?? "a file"}`;
  if (kind === "bring") return `Project from ${title ?? "another tool"}`;
  const bulk = BULK[kind];
  if (bulk) return bulk.title;
  if (kind === "withdraw_judgements") return "Judgements withdrawn with their person";
  if (kind === "follow_schema") return "Answers follow the questions";
  return kind === "release" ? `Build of ${title ?? "a release"}` : kind;
}

export function progressInWords({ progress: { done, total, unit } }: Pick<Job, "progress">): string {
  if (done === 0) return "Beginning";
  return total ? `${count(done)} of about ${count(Math.max(done, total))} ${unit}` : `${count(done)} ${unit}`;
}

type Ended = Pick<Job, "kind" | "state" | "dry_run" | "result" | "progress" | "started_at" | "finished_at">;

export function resultInWords(job: Ended): string {
  const { progress, state } = job;
  const came = cameInWords(job);
  if (state === "cancelled" || state === "failed")
    return `Stopped after ${count(progress.done)} ${progress.unit}: ${came}`;
  const time = took(job);
  return time ? `${came} in ${time}` : came;
}

function cameInWords(job: Ended): string {
  if (job.kind === "import") return importInWords(job);
  if (job.kind === "bring") return broughtInWords(job);
  const bulk = BULK[job.kind];
  if (bulk) return bulkInWords(job, bulk.done);
  const done = `${count(job.progress.done)} ${job.progress.unit}`;
  if (job.kind !== "follow_schema") return done;
  const stale = Number(job.result.stale ?? 0);
  const found = stale > 0 ? `${plural(stale, "answer")} to be given again` : "Every answer carried over";
  return `${found}; ${done} settled anew`;
}

function bulkInWords({ result, progress: { unit } }: Ended, done: string): string {
  const left = leftInWords(result as Record<string, number>);
  return [`${count(Number(result.changed ?? 0))} ${unit} ${done}`, ...left].join(", ");
}

/** What a deed on many left as it was, and why. */
export function leftInWords(left: Record<string, number>): string[] {
  return Object.keys(LEFT).flatMap((why) => (left[why] ? [`${count(left[why])} ${LEFT[why]}`] : []));
}

function importInWords({ result, dry_run }: Ended): string {
  const n = (name: string) => Number(result[name] ?? 0);
  const parts = [
    dry_run ? `${plural(n("created"), "record")} would be new` : `${plural(n("created"), "new record")}`,
    n("unchanged") > 0 && `${count(n("unchanged"))} known already`,
    n("rejected") > 0 ? `${plural(n("rejected"), "row")} rejected` : "no row rejected",
  ];
  return parts.filter(Boolean).join(", ");
}

function broughtInWords({ result }: Ended): string {
  const n = (name: string) => Number(result[name] ?? 0);
  const parts = [
    plural(n("records"), "record"),
    plural(n("answers"), "answer"),
    n("skipped") > 0 && plural(n("skipped"), "skip"),
    n("drafts") > 0 && plural(n("drafts"), "draft"),
    n("suggestions") > 0 && plural(n("suggestions"), "suggestion"),
    n("rejected") > 0 && `${count(n("rejected"))} rejected`,
    n("left_behind") > 0 && `${plural(n("left_behind"), "detail")} left behind`,
  ];
  return parts.filter(Boolean).join(", ");
}

function took({ started_at, finished_at }: Ended): string {
  if (!started_at || !finished_at) return "";
  const ms = Date.parse(finished_at) - Date.parse(started_at);
  return ms < 1000 ? "under a second" : duration(ms);
}
