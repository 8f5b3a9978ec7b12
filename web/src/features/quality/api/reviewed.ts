/** What reviewers found, and by which rates answers are drawn for them. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import { learn } from "@/lib/queryClient";

export type ReviewedWork = Shape<"ReviewedWork">;
export type ReviewPlan = Shape<"ReviewPlan">;

export const errorRatesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["error-rates", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/error-rates", { params: { path: { project_id: projectId } } })),
  });

export const reviewPlanQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["review-plan", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/review-plan", { params: { path: { project_id: projectId } } })),
  });

export function useChangePlan(projectId: number) {
  const client = useQueryClient();
  const { queryKey } = reviewPlanQuery(projectId);
  const run = async (body: ReviewPlan) => {
    const params = { path: { project_id: projectId } };
    learn(client, queryKey, await send(api.PUT("/api/v1/projects/{project_id}/review-plan", { params, body })));
  };
  return useDeed({
    run,
    before: () => client.getQueryData(queryKey),
    deed: (_, before) => (before ? { done: "Changed what is reviewed", undo: () => run(before) } : null),
    refresh: () => client.invalidateQueries({ queryKey: ["project", projectId] }),
  });
}
