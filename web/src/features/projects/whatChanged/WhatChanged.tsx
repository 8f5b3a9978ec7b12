/** What changed in guideline and questions, before the next record. Enter says that it is read; that is kept. */
import { Button } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useKeys } from "@/lib/keys";
import { Key, Loading, Markdown, ProblemNote } from "@/ui";
import { Tag } from "@/ui/Tag";
import { guidelineQuery } from "../api/guidelines";
import { DiffView } from "../guideline/DiffView";
import { type Project, schemasQuery } from "../queries";
import { wayBetween } from "../schemaChange/takenBack";
import type { WhatChanged as News } from "./api";
import { changedSections, type SectionChange } from "./sectionDiff";
import classes from "./WhatChanged.module.css";

type WhatChangedProps = { project: Project; news: News; onRead: () => void };

export default function WhatChanged({ project, news, onRead }: WhatChangedProps) {
  useKeys([{ keys: "Enter", title: "I have read it, go on", group: "What changed", run: onRead }]);
  return (
    <article className={classes.page} aria-label="What changed" tabIndex={0}>
      <div className={classes.text}>
        <h2 className={classes.title}>What changed since you were here</h2>
        {news.schema && <Questions projectId={project.id} news={news.schema} />}
        {news.guideline && <Guideline projectId={project.id} news={news.guideline} />}
      </div>
      <footer className={classes.foot}>
        <Button onClick={onRead} rightSection={<Key name="Enter" of="What changed" tone="quiet" />}>
          I have read it, go on
        </Button>
      </footer>
    </article>
  );
}

function Questions({ projectId, news }: { projectId: number; news: NonNullable<News["schema"]> }) {
  const versions = useQuery(schemasQuery(projectId));
  if (versions.isPending) return <Loading what="Comparing the questions" />;
  if (versions.isError) return <ProblemNote error={versions.error} onRetry={versions.refetch} />;
  const { back, on } = wayBetween(versions.data, news.since, news.version);
  const notes = versions.data.filter((one) => one.version > news.since && one.note).map((one) => one.note);
  return (
    <section aria-label="Questions">
      <h3 className={classes.part}>The questions</h3>
      <Notes notes={notes} />
      <ul className={classes.list}>
        {[...back.map((words) => `No longer: ${words}`), ...on].map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </section>
  );
}

function Guideline({ projectId, news }: { projectId: number; news: NonNullable<News["guideline"]> }) {
  const newest = news.versions[0]?.version ?? news.since;
  const [before, after] = useQueries({
    queries: [guidelineQuery(projectId, news.since), guidelineQuery(projectId, newest)],
  });
  const changes = useMemo(
    () => (before.data && after.data ? changedSections(before.data.body, after.data.body) : []),
    [before.data, after.data],
  );
  const failed = before.isError ? before : after.isError ? after : undefined;
  if (failed) return <ProblemNote error={failed.error} onRetry={failed.refetch} />;
  if (before.isPending || after.isPending) return <Loading what="Comparing the guideline" />;
  return (
    <section aria-label="Guideline">
      <h3 className={classes.part}>The guideline</h3>
      <Notes notes={news.versions.filter((one) => one.note).map((one) => `${one.note} (${one.created_by.name})`)} />
      {changes.length === 0 && <p>Its sections say what they said; only their order or a sign is another.</p>}
      {changes.map((change) => (
        <ChangedSection key={change.section.anchor} change={change} />
      ))}
    </section>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.toReversed().map((note) => (
    <p key={note} className={classes.note}>
      {note}
    </p>
  ));
}

function ChangedSection({ change }: { change: SectionChange }) {
  const { kind, section } = change;
  return (
    <section className={classes.section} aria-label={`${section.title || "Beginning"}, ${kind}`}>
      {kind !== "new" && (
        <p className={classes.heading}>
          {section.title || "Beginning"} <Tag tone={kind === "gone" ? "bad" : "gold"}>{kind}</Tag>
        </p>
      )}
      {kind === "new" && (
        <>
          <Tag tone="good">new</Tag>
          <Markdown text={section.body} />
        </>
      )}
      {kind === "changed" && <DiffView title="In this section" before={change.before.body} after={section.body} />}
    </section>
  );
}
