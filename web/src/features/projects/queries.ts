import { type QueryClient, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Project = Shape<"Project">;
export type ProjectSummary = Shape<"ProjectSummary">;
export type Schema = Project["schema"];
export type Field = Schema["fields"][number];
export type Question = Schema["questions"][number];
export type QuestionOf<Type extends Question["type"]> = Extract<Question, { type: Type }>;

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

export const schemasQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["schemas", projectId],
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/schemas", { params: { path: { project_id: projectId } } })),
  });

/** One version of the schema: from what is known already where possible, else asked for. Versions never change. */
export async function schemaOf(client: QueryClient, projectId: number, version: number): Promise<Schema> {
  const present = (await client.ensureQueryData(projectQuery(projectId))).schema;
  if (present.version === version) return present;
  const find = (schemas: readonly Schema[]) => schemas.find((schema) => schema.version === version);
  const known = find(await client.ensureQueryData(schemasQuery(projectId)));
  const schema = known ?? find(await client.fetchQuery({ ...schemasQuery(projectId), staleTime: 0 }));
  if (!schema) throw new Error(`The project has no schema version ${version}. Reload the page.`);
  return schema;
}
