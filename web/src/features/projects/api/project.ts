/** Make a project, and change what is not versioned about it: name, description, rules, archive. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { projectQuery, projectsQuery } from "../queries";

export type NewProject = Shape<"NewProject">;
export type ProjectChange = Shape<"ProjectChange">;
export type Policy = Shape<"Policy">;

export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewProject) => send(api.POST("/api/v1/projects", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
  });
}

export function useChangeProject(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProjectChange) =>
      send(api.PATCH("/api/v1/projects/{project_id}", { params: { path: { project_id: projectId } }, body })),
    onSuccess: (project) => {
      client.setQueryData(projectQuery(projectId).queryKey, project);
      return client.invalidateQueries({ queryKey: projectsQuery.queryKey });
    },
  });
}
