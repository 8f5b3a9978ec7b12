/** Who changed what, newest first. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { afterDay, startOfDay } from "@/lib/days";

export type AuditEntry = Shape<"AuditEntry">;
/** Days are those of the person who looks; the server is asked for moments. */
export type AuditFilter = {
  action?: string;
  person_id?: number;
  project_id?: number;
  subject?: string;
  from?: string;
  to?: string;
};

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam }) =>
      send(api.GET("/api/v1/audit", { params: { query: { ...asked(filter), cursor: pageParam, limit: 100 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Where the trail is downloaded, as it is filtered. */
export function exportPath(filter: AuditFilter, format: "jsonl" | "csv"): string {
  const told = Object.entries({ ...asked(filter), format }).map(([name, value]) => [name, String(value)]);
  return `/api/v1/audit/export?${new URLSearchParams(told)}`;
}

function asked({ from, to, ...rest }: AuditFilter) {
  const [since, until] = [startOfDay(from ?? ""), afterDay(to ?? "")];
  return { ...rest, ...(since && { since }), ...(until && { until }) };
}
