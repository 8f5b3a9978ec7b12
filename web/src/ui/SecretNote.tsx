/** A text that is shown once: a key's secret, an invitation's link. Large enough to see, one press to copy. */
import { Button } from "@mantine/core";
import { CopyButton } from "./CopyButton";
import classes from "./SecretNote.module.css";

type SecretNoteProps = { label: string; text: string; note: string; onDone: () => void };

export function SecretNote({ label, text, note, onDone }: SecretNoteProps) {
  return (
    <div className={classes.stack}>
      <div className={classes.note} role="status">
        <p className={classes.label}>{label}</p>
        <div className={classes.line}>
          <code className={classes.text}>{text}</code>
          <CopyButton text={text} />
        </div>
        <p className={classes.hint}>{note}</p>
      </div>
      <Button onClick={onDone}>Done</Button>
    </div>
  );
}
