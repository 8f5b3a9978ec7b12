/** Something is wrong with the record: say what, beside the record itself, and go on. */
import { Button } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { Key } from "@/ui";
import classes from "./FlagForm.module.css";

const LONGEST = 2000;

export function FlagForm({ onCancel, onFlag }: { onCancel: () => void; onFlag: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  const id = useId();
  const flag = () => reason.trim() && onFlag(reason.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    flag();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    flag();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <label className={classes.title} htmlFor={id}>
        What is wrong with this record?
      </label>
      <p className={classes.help}>An expert reads this and decides. The record leaves your queue.</p>
      <textarea
        id={id}
        className={classes.reason}
        rows={2}
        maxLength={LONGEST}
        placeholder="For example: cut off in the middle"
        // biome-ignore lint/a11y/noAutofocus: somebody pressed the key for writing a reason
        autoFocus
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
        onKeyDown={onKey}
      />
      <div className={classes.foot}>
        <Button variant="subtle" onClick={onCancel} rightSection={<Key name="Escape" tone="quiet" />}>
          Cancel
        </Button>
        <Button type="submit" disabled={!reason.trim()} rightSection={<Key name="Enter" tone="quiet" />}>
          Flag
        </Button>
      </div>
    </form>
  );
}
