/** API keys: one's own, and everybody's for an owner. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type ApiKey = Shape<"Key">;
export type NewKey = Shape<"NewKey">;

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: () => send(api.GET("/api/v1/keys")) });

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewKey) => send(api.POST("/api/v1/keys", { body: key })),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => send(api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
