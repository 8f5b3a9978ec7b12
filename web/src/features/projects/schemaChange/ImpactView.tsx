/** What a change would do: each part of it in words with the answers it touches, then all answers together. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { releasesQuery } from "@/features/releases/api/releases";
import { count, plural } from "@/lib/format";
import type { Impact } from "../api/schema";
import classes from "./schemaChange.module.css";
import { consequence } from "./words";

type ImpactViewProps = {
  projectId: number;
  impact: Impact;
  /** One sentence for each of `impact.changes`, in their order, then any others. */
  sentences: readonly string[];
};

export function ImpactView({ projectId, impact, sentences }: ImpactViewProps) {
  const { answers, carried, stale, stale_already, changes } = impact;
  return (
    <>
      <ul className={classes.changes} aria-label="What changes">
        {sentences.map((sentence, at) => {
          const one = changes[at];
          return (
            <li key={sentence}>
              <span>{sentence}</span>
              {one && answers > 0 && <span className={classes.touched}>{consequence(one.change, one.answers)}</span>}
            </li>
          );
        })}
      </ul>
      {answers > 0 && (
        <dl className={classes.sums}>
          <Sum n={answers - carried - stale} title="stay as they are" />
          <Sum n={carried} title="are carried over" />
          <Sum n={stale} title="have to be given again" bad={stale > stale_already}>
            {stale_already > 0 && `${count(stale_already)} have to already`}
          </Sum>
        </dl>
      )}
      <p className={classes.quiet}>
        {answers > 0
          ? `${plural(answers, "answer")} looked at; none is rewritten, and going back gives all of them back. `
          : ""}
        <Releases projectId={projectId} />
      </p>
    </>
  );
}

type SumProps = { n: number; title: string; bad?: boolean; children?: ReactNode };

function Sum({ n, title, bad = false, children }: SumProps) {
  return (
    <div data-bad={bad || undefined}>
      <dd>{count(n)}</dd>
      <dt>
        {title}
        {children && <span className={classes.quiet}> ({children})</span>}
      </dt>
    </div>
  );
}

function Releases({ projectId }: { projectId: number }) {
  const made = useQuery(releasesQuery(projectId)).data?.items.length ?? 0;
  if (made === 0) return null;
  return `${plural(made, "release")} made so far ${made === 1 ? "stays" : "stay"} as ${made === 1 ? "it is" : "they are"}.`;
}
