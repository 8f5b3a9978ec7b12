/** The job that a deed on many records has become; it goes on when this is closed. */
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Loading, ProblemNote } from "@/ui";
import { isUnfinished, jobQuery } from "./api/jobs";
import { JobCard } from "./JobCard";

type CourseJobProps = {
  projectId: number;
  jobId: number;
  onClose?: () => void;
};

export function CourseJob({ projectId, jobId, onClose }: CourseJobProps) {
  const job = useQuery(jobQuery(projectId, jobId));
  if (job.isError) return <ProblemNote error={job.error} onRetry={job.refetch} />;
  if (job.isPending) return <Loading what="Beginning" />;
  return (
    <>
      <JobCard projectId={projectId} job={job.data} />
      {onClose && (
        <Group justify="space-between" gap="xs" mt="sm">
          <span>{isUnfinished(job.data) && "It goes on when you close this, and is listed under Jobs."}</span>
          <Button variant="default" data-autofocus onClick={onClose}>
            Close
          </Button>
        </Group>
      )}
    </>
  );
}
