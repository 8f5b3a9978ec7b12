/** Who is in a project, and as what. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";

export type Member = Shape<"Member">;
export type Role = Shape<"Role">;

export const membersQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["members", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/members", { params: { path: { project_id: projectId } } })),
  });

type Place = { person: { id: number; name: string }; role: Role | null };

/** A role given, or taken away (null). */
export function useGiveRole(projectId: number) {
  const client = useQueryClient();
  const { queryKey } = membersQuery(projectId);
  const PATH = "/api/v1/projects/{project_id}/members/{person_id}";
  const run = async ({ person, role }: Place) => {
    const params = { path: { project_id: projectId, person_id: person.id } };
    await (role ? send(api.PUT(PATH, { params, body: { role } })) : send(api.DELETE(PATH, { params })));
  };
  return useDeed({
    run,
    before: ({ person }) => client.getQueryData(queryKey)?.find((one) => one.id === person.id)?.role ?? null,
    deed: ({ person, role }, before) => ({
      done: role ? `${person.name} is ${role} here now` : `Removed ${person.name} from the project`,
      undo: () => run({ person, role: before }),
    }),
    refresh: () => client.invalidateQueries({ queryKey }),
  });
}
