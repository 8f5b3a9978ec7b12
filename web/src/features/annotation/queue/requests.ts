/** The requests of the queue that are not deeds of the person: claim, renew, give back, keep a draft, look back. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, send } from "@/lib/api";
import { csrfHeaders } from "@/lib/csrf";
import type { Answers, Batch, Item, Notes } from "../shapes";

/** Up to `count` records besides those in `holding`. */
export function claim(projectId: number, count: number, holding: readonly number[]): Promise<Batch> {
  const params = { path: { project_id: projectId } };
  const body = { count, holding: [...holding] };
  return send(api.POST("/api/v1/projects/{project_id}/queue/next", { params, body }));
}

export async function renew(projectId: number, taskIds: readonly number[]): Promise<string> {
  const params = { path: { project_id: projectId } };
  const body = { task_ids: [...taskIds] };
  return (await send(api.POST("/api/v1/projects/{project_id}/queue/renew", { params, body }))).lease_expires_at;
}

/** Gives records back that nobody worked on; survives the page being closed. */
export function giveBack(projectId: number, taskIds: readonly number[]): void {
  if (taskIds.length === 0) return;
  void fetch(`/api/v1/projects/${projectId}/queue/release`, {
    method: "POST",
    keepalive: true,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...csrfHeaders() },
    body: JSON.stringify({ task_ids: taskIds }),
  }).catch(() => undefined);
}

export type GivenSoFar = { answers: Answers; notes: Notes };

export async function saveDraft(projectId: number, taskId: number, given: GivenSoFar, activeMs: number): Promise<void> {
  const params = { path: { project_id: projectId, task_id: taskId } };
  const body = { answers: { ...given.answers }, notes: { ...given.notes }, active_ms: activeMs };
  await send(api.PUT("/api/v1/projects/{project_id}/tasks/{task_id}/draft", { params, body }));
}

export function fetchItem(projectId: number, taskId: number): Promise<Item> {
  const params = { path: { project_id: projectId, task_id: taskId } };
  return send(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}", { params }));
}

export const historyQuery = (projectId: number) =>
  infiniteQueryOptions({
    queryKey: ["history", projectId],
    queryFn: ({ pageParam }) =>
      send(
        api.GET("/api/v1/projects/{project_id}/queue/history", {
          params: { path: { project_id: projectId }, query: { cursor: pageParam } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });

export const feedbackQuery = (projectId: number) =>
  infiniteQueryOptions({
    queryKey: ["feedback", projectId],
    queryFn: ({ pageParam }) => {
      const params = { path: { project_id: projectId }, query: { cursor: pageParam, limit: 50 } };
      return send(api.GET("/api/v1/projects/{project_id}/feedback", { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
