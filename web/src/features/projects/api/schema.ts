/** A new version of the questions. Answers keep the version they were made under. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export function useSaveSchema(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"SchemaDraft">) =>
      send(api.POST("/api/v1/projects/{project_id}/schemas", { params: { path: { project_id: projectId } }, body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["project", projectId] }),
        client.invalidateQueries({ queryKey: ["schemas", projectId] }),
      ]),
  });
}
