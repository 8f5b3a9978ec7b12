/** Where people are signed in: oneself, and for an owner everybody. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Session = Shape<"Session">;
/** Whose sessions: a member's by their id, or one's own. */
export type Whose = number | "mine";

export const sessionsQuery = (whose: Whose) =>
  queryOptions({
    queryKey: ["sessions", whose],
    queryFn: () =>
      whose === "mine"
        ? send(api.GET("/api/v1/sessions"))
        : send(api.GET("/api/v1/people/{person_id}/sessions", { params: { path: { person_id: whose } } })),
  });

export function useEndSession(whose: Whose) {
  return useEnding(whose, (session_id: string) =>
    whose === "mine"
      ? send(api.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }))
      : send(
          api.DELETE("/api/v1/people/{person_id}/sessions/{session_id}", {
            params: { path: { person_id: whose, session_id } },
          }),
        ),
  );
}

export function useEndAllSessions(whose: Whose) {
  return useEnding(whose, (_: undefined) =>
    whose === "mine"
      ? send(api.DELETE("/api/v1/sessions"))
      : send(api.DELETE("/api/v1/people/{person_id}/sessions", { params: { path: { person_id: whose } } })),
  );
}

function useEnding<T>(whose: Whose, end: (which: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: end,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery(whose).queryKey }),
  });
}
