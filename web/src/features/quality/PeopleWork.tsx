/** Who did how much, and at what pace. Sorted by work done; a bar shows each one's part of it. */
import { count, duration, percent } from "@/lib/format";
import { TableFrame } from "@/ui/TableFrame";
import type { PersonWork } from "./api/overview";
import classes from "./PeopleWork.module.css";

export function PeopleWork({ people }: { people: readonly PersonWork[] }) {
  const most = Math.max(1, ...people.map((one) => one.submitted));
  const sorted = people.toSorted((a, b) => b.submitted - a.submitted);
  return (
    <TableFrame label="People">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-number>
            Answers
          </th>
          <th scope="col" className={classes.barHead}>
            <span className="unseen">Part of the work</span>
          </th>
          <th scope="col" data-number>
            Today
          </th>
          <th scope="col" data-number>
            Mean time
          </th>
          <th scope="col" data-number>
            Skipped
          </th>
          <th scope="col" data-number>
            Flagged
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ person, submitted, submitted_today, mean_active_ms, skipped, flagged }) => (
          <tr key={person.id}>
            <th scope="row">{person.name}</th>
            <td data-number>{count(submitted)}</td>
            <td>
              <div className={classes.bar} aria-hidden="true">
                <span style={{ width: percent(submitted / most, 1) }} />
              </div>
            </td>
            <td data-number>{count(submitted_today)}</td>
            <td data-number>{mean_active_ms === null ? "–" : duration(mean_active_ms)}</td>
            <td data-number data-quiet={skipped === 0 || undefined}>
              {count(skipped)}
            </td>
            <td data-number data-quiet={flagged === 0 || undefined}>
              {count(flagged)}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
