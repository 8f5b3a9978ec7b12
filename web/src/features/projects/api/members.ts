/** Who is in a project, and as what. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { did } from "@/lib/deeds";

export type Member = Shape<"Member">;
export type Role = Shape<"Role">;

export const membersQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["members", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/members", { params: { path: { project_id: projectId } } })),
  });

/** Roles given and taken away, each of which can be taken back; `undefined` is no role at all. */
function useRoles(projectId: number) {
  const client = useQueryClient();
  const { queryKey } = membersQuery(projectId);
  const PATH = "/api/v1/projects/{project_id}/members/{person_id}";
  const give = async (personId: number, role: Role | undefined) => {
    const params = { path: { project_id: projectId, person_id: personId } };
    await (role ? send(api.PUT(PATH, { params, body: { role } })) : send(api.DELETE(PATH, { params })));
    await client.invalidateQueries({ queryKey });
  };
  return async (personId: number, role: Role | undefined) => {
    const member = () => client.getQueryData(queryKey)?.find((one) => one.id === personId);
    const before = member();
    await give(personId, role);
    const name = (before ?? member())?.name ?? "Somebody";
    const done = role ? `${name} is ${role} here now` : `Removed ${name} from the project`;
    did({ done, undo: () => give(personId, before?.role), redo: () => give(personId, role) });
  };
}

export function usePutMember(projectId: number) {
  const give = useRoles(projectId);
  return useMutation({
    mutationFn: ({ personId, role }: { personId: number; role: Role }) => give(personId, role),
  });
}

export function useDropMember(projectId: number) {
  const give = useRoles(projectId);
  return useMutation({ mutationFn: (personId: number) => give(personId, undefined) });
}
