/** The frame of a form: one column of controls, the problem above the button, the button says the deed. */
import { Button, Group } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import classes from "./Form.module.css";
import { ProblemNote } from "./ProblemNote";

type FormProps = {
  deed: string;
  onSubmit: () => void;
  busy?: boolean;
  error?: unknown;
  /** What is said beside the button when it went well. */
  done?: string | false | undefined;
  disabled?: boolean;
  /** Beside the button: cancel, discard. */
  aside?: ReactNode;
  children: ReactNode;
};

export function Form({ deed, onSubmit, busy, error, done, disabled, aside, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {children}
      {error != null && <ProblemNote error={error} />}
      <Group gap="xs">
        <Button type="submit" loading={busy} disabled={disabled}>
          {deed}
        </Button>
        {aside}
        <span className={classes.done} role="status">
          {done || ""}
        </span>
      </Group>
    </form>
  );
}
