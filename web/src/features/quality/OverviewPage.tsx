/** The first page of a project: how far it is, what waits, who did what, and the next step while there is one. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Archive, ArrowRight } from "lucide-react";
import { can, type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { StateBar } from "@/features/records/StateBar";
import { compactCount, day, percent, plural } from "@/lib/format";
import { Card, Loading, Page, ProblemNote, Section } from "@/ui";
import { overviewQuery } from "./api/overview";
import { DayBars } from "./DayBars";
import { NextSteps } from "./NextSteps";
import classes from "./OverviewPage.module.css";
import { PeopleWork } from "./PeopleWork";

export function OverviewPage() {
  const project = useProject(useProjectId());
  const browses = can(project.my_role, "browse");
  return (
    <Page title={project.name} lead={project.description || undefined} actions={<Deeds project={project} />}>
      {project.archived_at && (
        <p className={classes.archived}>
          <Archive size={16} aria-hidden="true" /> Archived on {day(project.archived_at)}. Nothing can be changed until
          it is restored under Settings.
        </p>
      )}
      {can(project.my_role, "manage") && <NextSteps project={project} />}
      {project.counts.records > 0 && <Progress project={project} linked={browses} />}
      {browses && project.counts.annotations > 0 && <Work projectId={project.id} />}
      {!browses && <Hint project={project} />}
    </Page>
  );
}

function Deeds({ project: { id, my_role, waiting, archived_at } }: { project: Project }) {
  if (archived_at) return null;
  const params = { projectId: id };
  return (
    <>
      {can(my_role, "review") && waiting.review > 0 && (
        <Button component={Link} to={`/projects/${params.projectId}/review`} variant="default">
          Review {compactCount(waiting.review)}
        </Button>
      )}
      {can(my_role, "annotate") && waiting.annotate > 0 && (
        <Button
          component={Link}
          to={`/projects/${params.projectId}/annotate`}
          rightSection={<ArrowRight size={15} aria-hidden="true" />}
        >
          Annotate {compactCount(waiting.annotate)}
        </Button>
      )}
    </>
  );
}

function Progress({ project: { counts }, linked }: { project: Project; linked: boolean }) {
  return (
    <Card>
      <p className={classes.figure}>
        <strong>{percent(counts.resolved / counts.records)}</strong> resolved
        <span className={classes.aside}>
          {plural(counts.records, "record")}, {plural(counts.annotations, "answer")}
          {counts.holdout > 0 && `, ${plural(counts.holdout, "record")} held out`}
        </span>
      </p>
      <StateBar counts={counts} linked={linked} />
    </Card>
  );
}

function Work({ projectId }: { projectId: number }) {
  const overview = useQuery(overviewQuery(projectId));
  if (overview.isPending) return <Loading what="Fetching the work so far" />;
  if (overview.isError) return <ProblemNote error={overview.error} onRetry={overview.refetch} />;
  return (
    <>
      <Section title="Answers by day">
        <Card>
          <DayBars days={overview.data.by_day} />
        </Card>
      </Section>
      <Section title="People">
        <PeopleWork people={overview.data.by_person} />
      </Section>
    </>
  );
}

function Hint({ project }: { project: Project }) {
  if (project.waiting.annotate === 0)
    return <p className={classes.hint}>Nothing waits for you here. New records appear as soon as they are imported.</p>;
  return (
    <p className={classes.hint}>
      Read the{" "}
      <Link to="/projects/$projectId/guideline" params={{ projectId: project.id }} className={classes.link}>
        guideline
      </Link>{" "}
      before you start; it stays one key away while you work.
    </p>
  );
}
