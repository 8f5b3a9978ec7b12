import { queryOptions } from "@tanstack/react-query";
import { api, send } from "@/lib/api";

export const recordQuery = (projectId: number, recordId: number) =>
  queryOptions({
    queryKey: ["record", projectId, recordId],
    queryFn: () => {
      const path = { project_id: projectId, record_id: recordId };
      return send(api.GET("/api/v1/projects/{project_id}/records/{record_id}", { params: { path } }));
    },
  });
