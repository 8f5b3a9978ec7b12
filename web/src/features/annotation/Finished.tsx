/** Nothing waits for this person now. Says so, and looks again by itself. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Gem } from "lucide-react";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { EmptyState, Key } from "@/ui";
import { useOutboxState } from "./outbox";
import type { QueueAtHand } from "./queue/useQueue";

export function Finished({ queue }: { queue: QueueAtHand }) {
  const waiting = useOutboxState().ops.length;
  const mine = queue.progress?.mine_today ?? 0;
  useKeys([
    {
      keys: "mod+z",
      title: "Undo: back to the record before",
      group: "Record",
      disabled: !queue.canUndo,
      run: queue.undo,
    },
    { keys: "Enter", title: "Look for new records", group: "Record", run: queue.lookAgain },
  ]);
  return (
    <EmptyState
      icon={<Gem size={22} />}
      title="All done for now"
      action={
        <>
          {queue.canUndo && (
            <Button variant="default" onClick={queue.undo} rightSection={<Key name="mod+z" of="Record" tone="quiet" />}>
              Back to the last record
            </Button>
          )}
          <Button component={Link} to="/" variant="default">
            Home
          </Button>
        </>
      }
    >
      <p>
        {mine > 0 ? `You answered ${plural(mine, "record")} today. ` : ""}
        No record waits for you. When new ones come, or others give theirs back, they appear here by themselves.
      </p>
      {waiting > 0 && (
        <p>{plural(waiting, "answer")} still on the way to the server. Nothing is lost if you close this page.</p>
      )}
    </EmptyState>
  );
}
