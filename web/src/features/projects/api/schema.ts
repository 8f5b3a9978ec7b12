/** Versions of the questions: what a new one would do, making it, going back. Answers keep the version they were given under. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type SchemaDraft = Shape<"SchemaDraft">;
export type Impact = Shape<"Impact">;

export function useSaveSchema(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SchemaDraft) =>
      send(api.POST("/api/v1/projects/{project_id}/schemas", { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => forget(client, projectId),
  });
}

export function useRestoreSchema(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => {
      const path = { project_id: projectId, version };
      return send(api.POST("/api/v1/projects/{project_id}/schemas/{version}/restore", { params: { path } }));
    },
    onSuccess: () => forget(client, projectId),
  });
}

/** What adding `body` would do to the answers given so far. */
export const previewQuery = (projectId: number, body: SchemaDraft) =>
  queryOptions({
    queryKey: ["schema-preview", projectId, body],
    queryFn: () => {
      const params = { path: { project_id: projectId } };
      return send(api.POST("/api/v1/projects/{project_id}/schemas/preview", { params, body }));
    },
    gcTime: 0,
  });

/** What going back to `version` would do to the answers given so far. */
export const restorePreviewQuery = (projectId: number, version: number) =>
  queryOptions({
    queryKey: ["schema-preview", projectId, "restore", version],
    queryFn: () => {
      const path = { project_id: projectId, version };
      return send(api.POST("/api/v1/projects/{project_id}/schemas/{version}/restore/preview", { params: { path } }));
    },
    gcTime: 0,
  });

/** What was known of questions, answers and the work on them is asked for again. */
function forget(client: QueryClient, projectId: number) {
  const keys = ["project", "schemas", "jobs", "stale", "stale-summary", "cases", "resolution"];
  return Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key, projectId] })));
}
