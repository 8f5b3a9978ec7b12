/** A project's records, filtered, page after page. */
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import type { RecordFilter } from "../recordFilter";

export type RecordRow = Shape<"Record">;

const PAGE = 100;

export const recordsQuery = (projectId: number, { q, state, facet, open_comments, sort }: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ["records", projectId, { q, state, facet, open_comments, sort }],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(q ? { q } : {}), state, facet, open_comments, sort, cursor: pageParam, limit: PAGE };
      const params = { path: { project_id: projectId }, query };
      return send(api.GET("/api/v1/projects/{project_id}/records", { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
