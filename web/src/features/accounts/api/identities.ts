/** The identity providers that are connected to one's own account. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Identity = Shape<"Identity">;

export const identitiesQuery = queryOptions({
  queryKey: ["identities"],
  queryFn: () => send(api.GET("/api/v1/session/identities")),
});

/** Leads the browser to the provider; it comes back to the account's page. */
export function useConnect() {
  return useMutation({
    mutationFn: (provider: string) =>
      send(api.POST("/api/v1/session/identities/{provider}", { params: { path: { provider } } })),
    onSuccess: ({ continue_at }) => window.location.assign(continue_at),
  });
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (identity_id: number) =>
      send(api.DELETE("/api/v1/session/identities/{identity_id}", { params: { path: { identity_id } } })),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
        client.invalidateQueries({ queryKey: ["sessions"] }),
      ]),
  });
}
