/** How far the work is that brings answers and records in line with the questions. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isUnfinished, jobsQuery } from "@/features/records/api/jobs";
import { JobCard } from "@/features/records/JobCard";

export const FOLLOW_SCHEMA = "follow_schema";

/** The newest such job; with `whileRunning`, only until it has ended. */
export function FollowProgress({ projectId, whileRunning = false }: { projectId: number; whileRunning?: boolean }) {
  const client = useQueryClient();
  const job = useQuery(jobsQuery(projectId)).data?.items.find((one) => one.kind === FOLLOW_SCHEMA);
  const done = job?.progress.done;
  const ended = job !== undefined && !isUnfinished(job);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step may have found more
  useEffect(() => {
    for (const key of ["stale", "stale-summary"]) void client.invalidateQueries({ queryKey: [key, projectId] });
  }, [client, projectId, done, ended]);
  if (!job || (whileRunning && ended)) return null;
  return <JobCard projectId={projectId} job={job} />;
}
