/** A project's records, filtered, page after page. */
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { type RecordFilter, searchFrom } from "../recordFilter";

export type RecordRow = Shape<"Record">;

const PAGE = 100;

export const recordsQuery = (projectId: number, filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ["records", projectId, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...searchFrom(filter), cursor: pageParam, limit: PAGE };
      const params = { path: { project_id: projectId }, query };
      return send(api.GET("/api/v1/projects/{project_id}/records", { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
