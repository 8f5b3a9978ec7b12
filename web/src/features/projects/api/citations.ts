/** Which passages of the guideline decisions cite, and which decisions became edge cases. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type EdgeCaseProposal = Shape<"EdgeCaseProposal">;
export type EdgeCaseDraft = Shape<"EdgeCaseDraft">;

export const citationsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["citations", projectId],
    queryFn: () => {
      const params = { path: { project_id: projectId } };
      return send(api.GET("/api/v1/projects/{project_id}/guideline-citations", { params }));
    },
  });

export const citingQuery = (projectId: number, anchor: string) =>
  infiniteQueryOptions({
    queryKey: ["citations", projectId, anchor],
    queryFn: ({ pageParam }) => {
      const params = { path: { project_id: projectId, anchor }, query: { cursor: pageParam } };
      return send(api.GET("/api/v1/projects/{project_id}/guideline-citations/{anchor}", { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const edgeCaseQuery = (projectId: number, taskId: number) =>
  queryOptions({
    queryKey: ["edge-case", projectId, taskId],
    queryFn: () => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.GET("/api/v1/projects/{project_id}/cases/{task_id}/edge-case", { params: { path } }));
    },
  });

export function useMakeEdgeCase(projectId: number, taskId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EdgeCaseDraft) => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.POST("/api/v1/projects/{project_id}/cases/{task_id}/edge-case", { params: { path }, body }));
    },
    onSuccess: () =>
      Promise.all(
        ["project", "guidelines", "citations", "edge-case"].map((key) =>
          client.invalidateQueries({ queryKey: [key, projectId] }),
        ),
      ),
  });
}
