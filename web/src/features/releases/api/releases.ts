/** The releases of a project, newest first; asked for again while one is being built. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type ReleaseSummary = Shape<"ReleaseSummary">;
export type NewRelease = Shape<"NewRelease">;

export const releasesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["releases", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/releases", { params: { path: { project_id: projectId } } })),
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === "building") ? 1000 : false),
  });

export function useCreateRelease(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRelease) =>
      send(api.POST("/api/v1/projects/{project_id}/releases", { params: { path: { project_id: projectId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["releases", projectId] }),
  });
}
