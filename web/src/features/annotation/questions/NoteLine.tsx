/** A remark on the answer to one question: one line that grows, behind a button until somebody wants it. */
import { StickyNote } from "lucide-react";
import { useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { leave } from "./leave";
import classes from "./NoteLine.module.css";

const LONGEST = 4000;

export function NoteLine({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const open = () => {
    setOpen(true);
    box.current?.focus();
  };
  useKeys([{ keys: "n", title: "Note on this answer", group: "Questions", run: open }]);
  if (!isOpen && !note)
    return (
      <button type="button" className={classes.add} aria-keyshortcuts="n" onClick={open}>
        <StickyNote size={14} aria-hidden="true" /> Add a note <Key name="n" of="Questions" tone="quiet" />
      </button>
    );
  return (
    <div className={classes.line}>
      <StickyNote size={14} aria-hidden="true" />
      <textarea
        ref={box}
        className={classes.box}
        aria-label="Note on this answer"
        placeholder="Note on this answer; Esc leaves it"
        rows={1}
        maxLength={LONGEST}
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody pressed for it
        autoFocus={isOpen}
        value={note}
        onChange={(event) => onNote(event.currentTarget.value)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => event.key === "Escape" && leave(event.currentTarget)}
      />
    </div>
  );
}
