import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Project = Shape<"Project">;
export type ProjectSummary = Shape<"ProjectSummary">;

export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: () => send(api.GET("/api/v1/projects")),
});

export const projectQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["project", projectId],
    queryFn: () => send(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id: projectId } } })),
  });

export function useProject(projectId: number): Project {
  return useSuspenseQuery(projectQuery(projectId)).data;
}
