/** An error as people want it: what happened, what to do, and a way to try again. */
import { Button } from "@mantine/core";
import { asProblem } from "@/lib/problem";
import classes from "./ProblemNote.module.css";

export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  return (
    <div className={classes.note} role="alert">
      <p className={classes.title}>{problem.title}</p>
      <p className={classes.detail}>{problem.message}</p>
      {problem.pointers.length > 0 && (
        <ul className={classes.pointers}>
          {problem.pointers.map((p) => (
            <li key={p.pointer + p.detail}>
              {p.pointer && <code>{p.pointer}</code>} {p.detail}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
