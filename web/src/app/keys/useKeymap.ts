/** The person's own keys: what this browser knows at once, what the server keeps for every browser. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, type Problem, send } from "@/lib/api";
import { chooseKeys, type Keymap, useChosenKeys } from "@/lib/keys";
import { learn } from "@/lib/queryClient";

const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: () => send(api.GET("/api/v1/preferences")),
  staleTime: 5 * 60_000,
});

/** Once on every page: what was chosen elsewhere holds here too. */
export function useKeysFromServer(): void {
  const keys = useQuery(preferencesQuery).data?.keys;
  useEffect(() => {
    if (keys) chooseKeys(keys);
  }, [keys]);
}

const mutationKey = ["preferences"];

type OwnKeys = { keymap: Keymap; choose: (keymap: Keymap) => void; trouble: Problem | null };

/** Changes hold at once and leave one after the other; one that the server does not take is taken back and told. */
export function useKeymap(): OwnKeys {
  const keymap = useChosenKeys();
  const client = useQueryClient();
  const isLast = () => client.isMutating({ mutationKey }) === 1;
  const put = useMutation({
    mutationKey,
    scope: { id: "preferences" },
    mutationFn: (keys: Keymap) => send(api.PUT("/api/v1/preferences", { body: { keys } })),
    onMutate: (keys) => {
      void client.cancelQueries(preferencesQuery);
      const before = keymap;
      chooseKeys(keys);
      return before;
    },
    onSuccess: (kept) => isLast() && learn(client, preferencesQuery.queryKey, kept),
    onError: (_, __, before) => before && isLast() && chooseKeys(before),
  });
  return { keymap, choose: put.mutate, trouble: put.error as Problem | null };
}
