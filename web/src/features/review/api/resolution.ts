/** What one record has come to; null while nobody has answered. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Resolution = Shape<"Resolution">;

export const resolutionQuery = (projectId: number, recordId: number) =>
  queryOptions({
    queryKey: ["resolution", projectId, recordId],
    queryFn: async (): Promise<Resolution | null> => {
      const params = { path: { project_id: projectId }, query: { record_id: recordId } };
      const page = await send(api.GET("/api/v1/projects/{project_id}/resolutions", { params }));
      return page.items[0] ?? null;
    },
  });
