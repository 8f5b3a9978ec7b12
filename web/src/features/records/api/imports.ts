/** Starts an import, or a dry run of one. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { jobQuery } from "./jobs";

export function useStartImport(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<"NewImport">) =>
      send(api.POST("/api/v1/projects/{project_id}/imports", { params: { path: { project_id: projectId } }, body })),
    onSuccess: (job) => {
      client.setQueryData(jobQuery(projectId, job.id).queryKey, job);
      return client.invalidateQueries({ queryKey: ["jobs", projectId] });
    },
  });
}
