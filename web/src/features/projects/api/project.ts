/** Make a project, and change what is not versioned about it: name, description, rules, archive. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import { learn } from "@/lib/queryClient";
import { type Project, projectQuery, projectsQuery } from "../queries";

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

/** Changes say what they did and can be taken back: what a change names goes back to what it was. */
export function useChangeProject(projectId: number) {
  const client = useQueryClient();
  const { queryKey } = projectQuery(projectId);
  const run = async (body: ProjectChange) => {
    const project = await send(
      api.PATCH("/api/v1/projects/{project_id}", { params: { path: { project_id: projectId } }, body }),
    );
    learn(client, queryKey, project);
    return project;
  };
  return useDeed({
    run,
    before: (body) => whatWas(client.getQueryData(queryKey), body),
    deed: (body, before, { name }) => (before ? { done: inWords(body, name), undo: () => run(before) } : null),
    refresh: () => client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
  });
}

/** What the parts that a change names were before it. */
function whatWas(project: Project | undefined, body: ProjectChange): ProjectChange | undefined {
  if (!project) return undefined;
  const present = { ...project, archived: project.archived_at !== null };
  const names = Object.keys(body) as (keyof ProjectChange)[];
  return Object.fromEntries(names.map((name) => [name, present[name]]));
}

function inWords(body: ProjectChange, name: string): string {
  if (body.archived !== undefined) return body.archived ? `Archived “${name}”` : `Restored “${name}”`;
  return body.policy ? `Changed the rules of “${name}”` : `Changed name or description to “${name}”`;
}
