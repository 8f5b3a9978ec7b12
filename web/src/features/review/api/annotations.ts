/** Everybody's answers to one record, with every revision. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Annotation = Shape<"Annotation">;

export const annotationsQuery = (projectId: number, recordId: number) =>
  queryOptions({
    queryKey: ["annotations", projectId, recordId],
    queryFn: async () => {
      const params = { path: { project_id: projectId }, query: { record_id: recordId, limit: 1000 } };
      return (await send(api.GET("/api/v1/projects/{project_id}/annotations", { params }))).items;
    },
  });
