/** How people come in here: by password, by identity provider. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Way = Shape<"Way">;

export const waysQuery = queryOptions({
  queryKey: ["ways"],
  queryFn: () => send(api.GET("/api/v1/session/ways")),
  staleTime: 5 * 60_000,
});

/** Where a button of a provider leads: there, and afterwards to `next`; with an invitation's token, into its workspace. */
export function pathOf(way: Way, told: { next?: string; invitation?: string }): string {
  const query = new URLSearchParams(Object.entries(told).filter(([, value]) => value && value !== "/"));
  return query.size ? `${way.path}?${query}` : way.path;
}
