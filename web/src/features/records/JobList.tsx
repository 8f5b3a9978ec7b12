import { useQuery } from "@tanstack/react-query";
import { Loading, ProblemNote } from "@/ui";
import { jobsQuery } from "./api/jobs";
import { JobCard } from "./JobCard";
import classes from "./JobCard.module.css";

type JobListProps = {
  projectId: number;
  kinds: readonly string[];
  /** A job that is shown elsewhere on the page. */
  but?: number | undefined;
};

export function JobList({ projectId, kinds, but }: JobListProps) {
  const jobs = useQuery(jobsQuery(projectId));
  if (jobs.isPending) return <Loading what="Fetching earlier imports" />;
  if (jobs.isError) return <ProblemNote error={jobs.error} onRetry={jobs.refetch} />;
  const shown = jobs.data.items.filter((job) => kinds.includes(job.kind) && job.id !== but);
  if (shown.length === 0) return <p className={classes.words}>None yet.</p>;
  return (
    <ul className={classes.list}>
      {shown.map((job) => (
        <li key={job.id}>
          <JobCard projectId={projectId} job={job} />
        </li>
      ))}
    </ul>
  );
}
