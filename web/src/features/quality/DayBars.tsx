/** Answers day by day as bars; the numbers stand in a table for those who do not see them. */
import { count, day, duration, plural } from "@/lib/format";
import type { DayWork } from "./api/overview";
import classes from "./DayBars.module.css";
import { withoutGaps } from "./days";

export function DayBars({ days }: { days: readonly DayWork[] }) {
  const shown = withoutGaps(days);
  const most = Math.max(1, ...shown.map((one) => one.submitted));
  const first = shown[0];
  const last = shown.at(-1);
  if (!first || !last) return <p className={classes.nothing}>No answers yet.</p>;
  return (
    <figure className={classes.figure}>
      <div className={classes.plot} aria-hidden="true">
        <span className={classes.most}>{count(most)}</span>
        {shown.map((one) => (
          <div key={one.day} className={classes.day} title={inWords(one)}>
            <span style={{ height: `${(one.submitted / most) * 100}%` }} data-some={one.submitted > 0 || undefined} />
          </div>
        ))}
      </div>
      <figcaption className={classes.axis} aria-hidden="true">
        <time dateTime={first.day}>{day(first.day)}</time>
        {shown.length > 1 && <time dateTime={last.day}>{day(last.day)}</time>}
      </figcaption>
      <table className="unseen">
        <caption>Answers by day</caption>
        <tbody>
          {shown.map((one) => (
            <tr key={one.day}>
              <th scope="row">{day(one.day)}</th>
              <td>{count(one.submitted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function inWords({ day: date, submitted, active_ms }: DayWork): string {
  const time = active_ms > 0 ? `, ${duration(active_ms)} of work` : "";
  return `${day(date)}: ${plural(submitted, "answer")}${time}`;
}
