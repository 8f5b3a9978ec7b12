/** A remark that somebody made beside an answer. */
import { StickyNote } from "lucide-react";
import classes from "./Note.module.css";

export function Note({ text }: { text: string }) {
  return (
    <span className={classes.note}>
      <StickyNote size={13} aria-label="Note:" />
      {text}
    </span>
  );
}
