/** Long work: what runs, how far it is, and the deeds that stop it or send it on. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { learn } from "@/lib/queryClient";

export type Job = Shape<"Job">;

export const POLL_MS = 700;

export function isUnfinished(job: Pick<Job, "state">): boolean {
  return job.state === "queued" || job.state === "running" || job.state === "cancelling";
}

export const jobsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["jobs", projectId],
    queryFn: () => send(api.GET("/api/v1/projects/{project_id}/jobs", { params: { path: { project_id: projectId } } })),
    refetchInterval: (query) => (query.state.data?.items.some(isUnfinished) ? POLL_MS * 2 : false),
  });

/** Every job, the newest first, as many as were asked for. */
export const allJobsQuery = (projectId: number) =>
  infiniteQueryOptions({
    queryKey: ["jobs", projectId, "all"],
    queryFn: ({ pageParam }) => {
      const query = { cursor: pageParam, limit: 30 };
      return send(
        api.GET("/api/v1/projects/{project_id}/jobs", { params: { path: { project_id: projectId }, query } }),
      );
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some(isUnfinished)) ? POLL_MS * 2 : false,
  });

/** One job, asked for again until it has ended. */
export const jobQuery = (projectId: number, jobId: number) =>
  queryOptions({
    queryKey: ["job", projectId, jobId],
    queryFn: () => {
      const path = { project_id: projectId, job_id: jobId };
      return send(api.GET("/api/v1/projects/{project_id}/jobs/{job_id}", { params: { path } }));
    },
    refetchInterval: (query) => (!query.state.data || isUnfinished(query.state.data) ? POLL_MS : false),
  });

export function useCancelJob(projectId: number) {
  const settle = useSettle(projectId);
  return useMutation({
    mutationFn: (jobId: number) => {
      const path = { project_id: projectId, job_id: jobId };
      return send(api.POST("/api/v1/projects/{project_id}/jobs/{job_id}/cancel", { params: { path } }));
    },
    onSuccess: settle,
  });
}

export function useResumeJob(projectId: number) {
  const settle = useSettle(projectId);
  return useMutation({
    mutationFn: (jobId: number) => {
      const path = { project_id: projectId, job_id: jobId };
      return send(api.POST("/api/v1/projects/{project_id}/jobs/{job_id}/resume", { params: { path } }));
    },
    onSuccess: settle,
  });
}

export function rejectsAddress(projectId: number, jobId: number): string {
  return `/api/v1/projects/${projectId}/jobs/${jobId}/rejects`;
}

function useSettle(projectId: number) {
  const client = useQueryClient();
  return (job: Job) => {
    learn(client, jobQuery(projectId, job.id).queryKey, job);
    return client.invalidateQueries({ queryKey: ["jobs", projectId] });
  };
}
