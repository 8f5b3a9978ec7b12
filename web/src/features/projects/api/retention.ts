/** How long the project keeps what it no longer needs, what would go by other days, and changing them. */
import { keepPreviousData, queryOptions, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import { learn } from "@/lib/queryClient";

export type Retention = Shape<"Retention">;
export type RetentionRules = Shape<"RetentionRules">;

const at = (projectId: number) => ({ path: { project_id: projectId } });

export const retentionQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["retention", projectId],
    queryFn: () => send(api.GET("/api/v1/projects/{project_id}/retention", { params: at(projectId) })),
  });

export const retentionPreviewQuery = (projectId: number, rules: RetentionRules) =>
  queryOptions({
    queryKey: ["retention", projectId, "preview", rules],
    queryFn: () =>
      send(api.POST("/api/v1/projects/{project_id}/retention/preview", { params: at(projectId), body: rules })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useChangeRetention(projectId: number) {
  const client = useQueryClient();
  const run = async (body: RetentionRules) => {
    const retention = await send(api.PUT("/api/v1/projects/{project_id}/retention", { params: at(projectId), body }));
    learn(client, retentionQuery(projectId).queryKey, retention);
    return retention;
  };
  const done = "Changed how long things are kept; the next sweep goes by it";
  return useDeed({
    run,
    before: () => client.getQueryData(retentionQuery(projectId).queryKey)?.rules,
    deed: (_, before) => (before ? { done, undo: () => run(before) } : null),
    refresh: async () => undefined,
  });
}
