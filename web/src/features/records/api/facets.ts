/** What records can be filtered by, with counts. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Facet = Shape<"Facet">;

export const facetsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["facets", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/facets", { params: { path: { project_id: projectId } } })),
  });
