/** The versions of the guideline: the list, one of them whole, and a new one. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Guideline = Shape<"Guideline">;
export type GuidelineRef = Shape<"GuidelineRef">;

export const guidelinesQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["guidelines", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/guidelines", { params: { path: { project_id: projectId } } })),
  });

/** A version never changes, so it is asked for once. */
export const guidelineQuery = (projectId: number, version: number) =>
  queryOptions({
    queryKey: ["guideline", projectId, version],
    queryFn: () => {
      const path = { project_id: projectId, version };
      return send(api.GET("/api/v1/projects/{project_id}/guidelines/{version}", { params: { path } }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useSaveGuideline(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"GuidelineDraft">) =>
      send(api.POST("/api/v1/projects/{project_id}/guidelines", { params: { path: { project_id: projectId } }, body })),
    onSettled: () =>
      Promise.all(
        ["project", "guidelines", "acknowledgements"].map((key) =>
          client.invalidateQueries({ queryKey: [key, projectId] }),
        ),
      ),
  });
}
