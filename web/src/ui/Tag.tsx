/** A word or two that says what state something is in; the tone never says it alone. */
import type { ReactNode } from "react";
import classes from "./Tag.module.css";

export type Tone = "quiet" | "plain" | "gold" | "good" | "bad";

export function Tag({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
