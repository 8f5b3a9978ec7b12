/** Says what was just done and offers to take it back; Ctrl+Z does it from anywhere. */
import { Button, CloseButton } from "@mantine/core";
import { useEffect } from "react";
import { hush, redoNext, undoLast, useDeeds } from "@/lib/deeds";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import classes from "./DoneNote.module.css";

const SHOWN_MS = 10_000;

export function DoneNote() {
  const { past, undone, said, busy } = useDeeds();
  useKeys([
    { keys: "mod+z", title: undoTitle(past.at(-1)?.done), group: "Everywhere", disabled: !past.length, run: undoLast },
    {
      keys: ["mod+shift+z", "mod+y"],
      title: `Again: ${undone.at(-1)?.done ?? ""}`,
      group: "Everywhere",
      disabled: !undone.length,
      run: redoNext,
    },
  ]);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(hush, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div className={classes.place} role="status" aria-live="polite">
      {said && (
        <div className={classes.note} data-trouble={said.trouble ? true : undefined}>
          <span className={classes.words}>
            {said.words}
            {said.trouble && <span className={classes.detail}>{said.trouble.message}</span>}
          </span>
          {past.length > 0 && !said.trouble && (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={busy}
              onClick={undoLast}
              rightSection={<Key name="mod+z" of="Everywhere" tone="quiet" />}
            >
              Undo
            </Button>
          )}
          <CloseButton size="sm" aria-label="Close this note" onClick={hush} />
        </div>
      )}
    </div>
  );
}

function undoTitle(done: string | undefined): string {
  return done ? `Undo: ${done}` : "Undo";
}
