/** Under a passage: its address to cite, and the decisions that do. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ago, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { CopyIcon } from "@/ui/CopyButton";
import { citationsQuery, citingQuery } from "../api/citations";
import type { GuidelineSection } from "../guidelineSections";
import classes from "./guideline.module.css";

type CitedByProps = { projectId: number; section: GuidelineSection; mayReview: boolean };

export function CitedBy({ projectId, section, mayReview }: CitedByProps) {
  const all = useQuery(citationsQuery(projectId)).data;
  const [open, setOpen] = useState(false);
  const one = all?.find((each) => each.anchor === section.anchor);
  if (!section.title || (section.kind === "rule" && !one)) return null;
  return (
    <div className={classes.cited}>
      <code>#{section.anchor}</code>
      <CopyIcon text={`#${section.anchor}`} label="Copy its address, to cite it" />
      {one?.made_of_task != null && mayReview && (
        <Link
          to="/projects/$projectId/review"
          params={{ projectId }}
          search={{ case: one.made_of_task } as never}
          className={classes.compare ?? ""}
        >
          Made of a decision
        </Link>
      )}
      {one && one.decisions > 0 && (
        <button type="button" className={classes.compare} aria-expanded={open} onClick={() => setOpen(!open)}>
          Cited by {plural(one.decisions, "decision")}
        </button>
      )}
      {open && <Citing projectId={projectId} anchor={section.anchor} />}
    </div>
  );
}

function Citing({ projectId, anchor }: { projectId: number; anchor: string }) {
  const citing = useInfiniteQuery(citingQuery(projectId, anchor));
  if (citing.isPending) return <Loading what="Fetching decisions" />;
  if (citing.isError) return <ProblemNote error={citing.error} onRetry={citing.refetch} />;
  return (
    <ul className={classes.citing}>
      {citing.data.pages
        .flatMap((page) => page.items)
        .map((one) => (
          <li key={one.task_id}>
            <Link
              to="/projects/$projectId/records/$recordId"
              params={{ projectId, recordId: String(one.record_id) }}
              className={classes.compare ?? ""}
            >
              {one.external_id}
            </Link>{" "}
            {one.reason} <span className={classes.versionBy}>{`${one.by.name}, ${ago(one.at)}`}</span>
          </li>
        ))}
      {citing.hasNextPage && (
        <li>
          <button type="button" className={classes.compare} onClick={() => void citing.fetchNextPage()}>
            Show more
          </button>
        </li>
      )}
    </ul>
  );
}
