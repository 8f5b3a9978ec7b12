/** Who did how much, and how it went day by day. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Overview = Shape<"Overview">;
export type PersonWork = Overview["by_person"][number];
export type DayWork = Overview["by_day"][number];

export const overviewQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["overview", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/overview", { params: { path: { project_id: projectId } } })),
  });
