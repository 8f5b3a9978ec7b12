/** Who is signed in. One query, read by everything that asks. */
import { type QueryClient, queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { rememberCsrfToken } from "@/lib/csrf";
import { forgetDeeds } from "@/lib/deeds";
import { asProblem } from "@/lib/problem";

export type Me = Shape<"Me">;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: fetchSession,
  staleTime: 5 * 60_000,
});

/** The signed-in person, or null when nobody is. */
async function fetchSession(): Promise<Me | null> {
  try {
    const me = await send(api.GET("/api/v1/session"));
    rememberCsrfToken(me.csrf_token);
    return me;
  } catch (error) {
    if (asProblem(error).status === 401) return null;
    throw error;
  }
}

export function useMe(): Me {
  const me = useSuspenseQuery(sessionQuery).data;
  if (!me) throw new Error("This part of the page is for people who are signed in.");
  return me;
}

/** Someone else is here now: nothing fetched for the one before may stay. */
export function enter(client: QueryClient, me: Me): void {
  client.clear();
  forgetDeeds();
  rememberCsrfToken(me.csrf_token);
  client.setQueryData(sessionQuery.queryKey, me);
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const { continue_at } = await send(api.DELETE("/api/v1/session"));
    rememberCsrfToken(null);
    client.clear();
    window.location.assign(continue_at ?? "/signin");
  };
}
