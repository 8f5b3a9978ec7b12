/** The first rows of an upload as records under a mapping, each with the reason if it cannot be one. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import type { Mapping } from "../mapping";

export type PreviewRow = Shape<"PreviewRow">;

export const previewQuery = (projectId: number, uploadId: number, mapping: Mapping) =>
  queryOptions({
    queryKey: ["import-preview", projectId, uploadId, mapping],
    queryFn: () => {
      const path = { project_id: projectId, upload_id: uploadId };
      const address = "/api/v1/projects/{project_id}/uploads/{upload_id}/preview";
      return send(api.POST(address, { params: { path }, body: { mapping } }));
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
