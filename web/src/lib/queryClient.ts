import { QueryClient } from "@tanstack/react-query";
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
