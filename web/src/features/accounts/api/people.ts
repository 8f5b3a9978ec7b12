/** The workspace's people, and what an owner may change about them. */
import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";

export type Person = Shape<"Person">;
export type PersonChange = Shape<"PersonChange">;

export const peopleQuery = infiniteQueryOptions({
  queryKey: ["people"],
  queryFn: ({ pageParam }) => send(api.GET("/api/v1/people", { params: { query: { cursor: pageParam, limit: 200 } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

/** A change says what it did and can be taken back. */
export function useChangePerson() {
  const client = useQueryClient();
  const run = ({ person, change }: { person: Person; change: PersonChange }) =>
    send(api.PATCH("/api/v1/people/{person_id}", { params: { path: { person_id: person.id } }, body: change }));
  return useDeed({
    run,
    deed: ({ person, change }) => ({
      done: inWords(person.name, change),
      undo: () => run({ person, change: { workspace_role: person.workspace_role, active: person.active } }),
    }),
    refresh: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
}

/** For good: there is no way back. */
export function useErasePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, withdraw }: { person: Person; withdraw: boolean }) => {
      const params = { path: { person_id: person.id } };
      return send(
        api.POST("/api/v1/people/{person_id}/erase", { params, body: { withdraw_judgements: withdraw, reason: "" } }),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
}

function inWords(name: string, change: PersonChange): string {
  if (change.workspace_role) return `${name} is ${change.workspace_role} of the workspace now`;
  return change.active ? `${name} may sign in again` : `${name} may not sign in any more`;
}
