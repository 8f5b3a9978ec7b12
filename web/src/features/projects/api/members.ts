/** Who is in a project, and as what. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Member = Shape<"Member">;
export type Role = Shape<"Role">;

export const membersQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["members", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/members", { params: { path: { project_id: projectId } } })),
  });

export function usePutMember(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, role }: { personId: number; role: Role }) => {
      const path = { project_id: projectId, person_id: personId };
      return send(api.PUT("/api/v1/projects/{project_id}/members/{person_id}", { params: { path }, body: { role } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery(projectId).queryKey }),
  });
}

export function useDropMember(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (personId: number) => {
      const path = { project_id: projectId, person_id: personId };
      return send(api.DELETE("/api/v1/projects/{project_id}/members/{person_id}", { params: { path } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery(projectId).queryKey }),
  });
}
