/** How far a project's records are: one bar of their states, and the same as words that lead to those records. */
import { Link } from "@tanstack/react-router";
import { count, percent } from "@/lib/format";
import classes from "./StateBar.module.css";
import { STATES } from "./states";

type Counts = Readonly<Record<(typeof STATES)[number]["state"] | "records", number>>;

export function StateBar({ counts, linked }: { counts: Counts; linked: boolean }) {
  const shown = STATES.map((words) => ({ ...words, n: counts[words.state] }));
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {shown.map(({ state, n, colour }) => (
          <span key={state} style={{ flexGrow: n, background: colour }} data-empty={n === 0 || undefined} />
        ))}
      </div>
      <dl className={classes.legend}>
        {shown.map(({ state, title, n, colour }) => (
          <div key={state} className={classes.part}>
            <dt>
              <span className={classes.dot} style={{ background: colour }} aria-hidden="true" />
              {linked ? (
                <Link to={"../records" as string} search={{ state } as never} className={classes.link}>
                  {title}
                </Link>
              ) : (
                title
              )}
            </dt>
            <dd>
              <span className={classes.count}>{count(n)}</span>
              <span className={classes.share}>{percent(counts.records ? n / counts.records : 0)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
