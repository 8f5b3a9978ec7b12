/** All long work of a project: what runs, how far it is, who asked, and the deeds that stop it, send it on, take it back. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { EmptyState, Loading, Page, ProblemNote, Section } from "@/ui";
import { allJobsQuery, isUnfinished, type Job } from "./api/jobs";
import { JobCard } from "./JobCard";
import classes from "./JobCard.module.css";

export function JobsPage() {
  const project = useProject(useProjectId());
  return (
    <Page
      title="Jobs"
      lead="Work that takes longer than a moment. It goes on when you leave, and after a restart of the server. Stopping keeps what is done."
    >
      <Jobs projectId={project.id} />
    </Page>
  );
}

function Jobs({ projectId }: { projectId: number }) {
  const found = useInfiniteQuery(allJobsQuery(projectId));
  if (found.isPending) return <Loading what="Fetching the jobs" />;
  if (found.isError) return <ProblemNote error={found.error} onRetry={found.refetch} />;
  const jobs = found.data.pages.flatMap((page) => page.items);
  if (jobs.length === 0) return <NoneYet />;
  const running = jobs.filter(isUnfinished);
  return (
    <>
      {running.length > 0 && (
        <Section title="Under way">
          <Cards projectId={projectId} jobs={running} />
        </Section>
      )}
      <Section title={running.length > 0 ? "Ended" : "So far"}>
        <Cards projectId={projectId} jobs={jobs.filter((job) => !isUnfinished(job))} />
        {found.hasNextPage && (
          <Button mt="md" variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            Earlier ones
          </Button>
        )}
      </Section>
    </>
  );
}

function Cards({ projectId, jobs }: { projectId: number; jobs: Job[] }) {
  if (jobs.length === 0) return <p className={classes.words}>None yet.</p>;
  return (
    <ul className={classes.list}>
      {jobs.map((job) => (
        <li key={job.id}>
          <JobCard projectId={projectId} job={job} />
        </li>
      ))}
    </ul>
  );
}

function NoneYet() {
  return (
    <EmptyState title="No job yet">
      Imports and releases are jobs, and so is what changes more than 1,000 records: deleting them, steering the queue,
      accepting answers, following a change of the questions.
    </EmptyState>
  );
}
