/** A text that is shown once: a key's secret, an invitation's link. Large enough to see, one press to copy. */
import { CopyButton } from "./CopyButton";
import classes from "./SecretNote.module.css";

export function SecretNote({ label, text, note }: { label: string; text: string; note: string }) {
  return (
    <div className={classes.note} role="status">
      <p className={classes.label}>{label}</p>
      <div className={classes.line}>
        <code className={classes.text}>{text}</code>
        <CopyButton text={text} />
      </div>
      <p className={classes.hint}>{note}</p>
    </div>
  );
}
