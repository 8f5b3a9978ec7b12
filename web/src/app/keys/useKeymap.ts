/** The person's own keys: what this browser knows at once, what the server keeps for every browser. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, type Problem, send } from "@/lib/api";
import { chooseKeys, type Keymap, useChosenKeys } from "@/lib/keys";

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

type OwnKeys = { keymap: Keymap; choose: (keymap: Keymap) => void; trouble: Problem | null };

/** Changes hold at once; one that the server does not take is taken back and told. */
export function useKeymap(): OwnKeys {
  const keymap = useChosenKeys();
  const client = useQueryClient();
  const put = useMutation({
    mutationFn: (keys: Keymap) => send(api.PUT("/api/v1/preferences", { body: { keys } })),
    onMutate: (keys) => {
      const before = keymap;
      chooseKeys(keys);
      return before;
    },
    onSuccess: (kept) => client.setQueryData(preferencesQuery.queryKey, kept),
    onError: (_, __, before) => before && chooseKeys(before),
  });
  return { keymap, choose: put.mutate, trouble: put.error as Problem | null };
}
