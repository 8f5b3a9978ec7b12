/** Who changed what, newest first. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type AuditEntry = Shape<"AuditEntry">;
export type AuditFilter = { action?: string; person_id?: number; project_id?: number };

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam }) =>
      send(api.GET("/api/v1/audit", { params: { query: { ...filter, cursor: pageParam, limit: 100 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
