/** Who of those who annotate knows the versions in use, and who does not yet. */
import { useQuery } from "@tanstack/react-query";
import { ago } from "@/lib/format";
import type { Project } from "../queries";
import { type Acknowledgement, acknowledgementsQuery } from "./api";
import classes from "./Readers.module.css";

export function Readers({ project, subject }: { project: Project; subject: "guideline" | "schema" }) {
  const people = useQuery(acknowledgementsQuery(project.id)).data;
  if (!people || people.length === 0) return null;
  const waiting = people.filter((one) => !one.is_current);
  return (
    <details className={classes.readers}>
      <summary>
        {waiting.length === 0
          ? "Everybody knows what is in use"
          : `${people.length - waiting.length} of ${people.length} know what is in use`}
      </summary>
      <ul>
        {[...waiting, ...people.filter((one) => one.is_current)].map((one) => (
          <li key={one.person.id} data-waiting={!one.is_current || undefined}>
            <span>{one.person.name}</span>
            <span className={classes.quiet}>{inWords(one, subject)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function inWords(one: Acknowledgement, subject: "guideline" | "schema"): string {
  const last = one[subject];
  if (last) return `${one.is_current ? "" : "not yet; "}version ${last.version}, ${ago(last.at)}`;
  return one.is_current ? "joined under it" : "not yet";
}
