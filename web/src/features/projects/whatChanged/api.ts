/** What changed in guideline and questions since the person last looked, and who has said that they have seen it. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type WhatChanged = Shape<"WhatChanged">;
export type Acknowledgement = Shape<"Acknowledgement">;
export type Versions = { guideline: number; schema: number };

const NOTHING: WhatChanged = { guideline: null, schema: null };

/** Asked once for each pair of versions. */
export const whatChangedQuery = (projectId: number, newest: Versions) =>
  queryOptions({
    queryKey: ["what-changed", projectId, newest],
    queryFn: () => {
      const params = { path: { project_id: projectId } };
      return send(api.GET("/api/v1/projects/{project_id}/what-changed", { params }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Off the screen at once; the server is told as soon as it can be. */
export function useAcknowledge(projectId: number, newest: Versions) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (seen: WhatChanged) => {
      const body = {
        guideline_version: seen.guideline?.versions[0]?.version ?? null,
        schema_version: seen.schema?.version ?? null,
      };
      const params = { path: { project_id: projectId } };
      // A page that is left right after it was read still tells so.
      const keepalive = true;
      return send(api.POST("/api/v1/projects/{project_id}/what-changed/acknowledge", { params, body, keepalive }));
    },
    onMutate: () => client.setQueryData(whatChangedQuery(projectId, newest).queryKey, NOTHING),
    retry: 5,
  });
}

export const acknowledgementsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["acknowledgements", projectId],
    queryFn: () => {
      const params = { path: { project_id: projectId } };
      return send(api.GET("/api/v1/projects/{project_id}/acknowledgements", { params }));
    },
  });
