/** What I did, latest first. An answer can be opened and revised; the first version stays on record. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ago, duration } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import classes from "./HistoryTab.module.css";
import { useOutboxState } from "./outbox";
import { historyQuery } from "./queue/requests";
import type { QueueAtHand } from "./queue/useQueue";
import type { HistoryEntry } from "./shapes";

export function HistoryTab({ projectId, queue }: { projectId: number; queue: QueueAtHand }) {
  const history = useInfiniteQuery(historyQuery(projectId));
  const waiting = useOutboxState().ops.length;
  const [problem, setProblem] = useState<unknown>(null);
  const { refetch } = history;
  useEffect(() => {
    if (waiting === 0) void refetch();
  }, [waiting, refetch]);

  const open = (taskId: number) => {
    setProblem(null);
    queue.open(taskId).catch(setProblem);
  };

  if (history.isPending) return <Loading />;
  if (history.isError) return <ProblemNote error={history.error} onRetry={() => void refetch()} />;
  const entries = history.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return <EmptyState title="Nothing yet">Answers you submit appear here; you can open and revise them.</EmptyState>;
  return (
    <>
      {problem !== null && <ProblemNote error={problem} />}
      <ul className={classes.list}>
        {entries.map((entry) => (
          <Entry key={entry.task_id} entry={entry} shown={queue.work?.item.task_id === entry.task_id} onOpen={open} />
        ))}
      </ul>
      {history.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </>
  );
}

const DONE: Record<string, string> = { submitted: "Answered", skipped: "Skipped", flagged: "Flagged" };

type EntryProps = { entry: HistoryEntry; shown: boolean; onOpen: (taskId: number) => void };

function Entry({ entry, shown, onOpen }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        className={classes.entry}
        aria-current={shown || undefined}
        disabled={entry.state !== "submitted"}
        onClick={() => onOpen(entry.task_id)}
      >
        <span className={classes.excerpt}>{entry.excerpt}</span>
        <span className={classes.facts}>
          <span data-state={entry.state}>{DONE[entry.state] ?? entry.state}</span>
          {entry.revision > 1 && <span>revised</span>}
          <time dateTime={entry.finished_at}>{ago(entry.finished_at)}</time>
          {entry.active_ms && <span>{duration(entry.active_ms)}</span>}
        </span>
      </button>
    </li>
  );
}
