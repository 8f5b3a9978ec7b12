/** Rows of a release whose records were deleted since, and withdrawing the release that holds them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/lib/api";
import { did } from "@/lib/deeds";
import { type Release, releaseQuery } from "./release";

const PATH = "/api/v1/projects/{project_id}/releases/{release_id}";

export const deletedRowsQuery = (projectId: number, releaseId: number) =>
  queryOptions({
    queryKey: ["release-deleted-rows", projectId, releaseId],
    queryFn: () =>
      send(api.GET(`${PATH}/deleted-rows`, { params: { path: { project_id: projectId, release_id: releaseId } } })),
  });

export function useWithdrawal(projectId: number, release: Release) {
  const client = useQueryClient();
  const params = { path: { project_id: projectId, release_id: release.id } };
  const keep = async (after: Release) => {
    client.setQueryData(releaseQuery(projectId, release.id).queryKey, after);
    await client.invalidateQueries({ queryKey: ["releases", projectId] });
  };
  const reinstate = async () => keep(await send(api.POST(`${PATH}/reinstate`, { params })));
  return {
    withdraw: useMutation({
      mutationFn: async (reason: string) => {
        await keep(await send(api.POST(`${PATH}/withdraw`, { params, body: { reason } })));
        did({ done: `Withdrew release ${release.number}`, undo: reinstate });
      },
    }),
    reinstate: useMutation({ mutationFn: reinstate }),
  };
}
