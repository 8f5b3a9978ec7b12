import { type InferDataFromTag, QueryClient, type QueryKey } from "@tanstack/react-query";
import { asProblem } from "./problem";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => asProblem(error).passing && count < 3,
      },
    },
  });
}

/** Keeps what the server has just said. An older answer that is still on its way must not come over it. */
export function learn<Key extends QueryKey>(client: QueryClient, queryKey: Key, said: InferDataFromTag<unknown, Key>) {
  void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<unknown>(queryKey, said);
}
