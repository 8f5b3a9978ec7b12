/** Rows of a release whose records were deleted since, and withdrawing the release that holds them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import { learn } from "@/lib/queryClient";
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
  const keep = (after: Release) => learn(client, releaseQuery(projectId, release.id).queryKey, after);
  const reinstate = async () => keep(await send(api.POST(`${PATH}/reinstate`, { params })));
  const refresh = () => client.invalidateQueries({ queryKey: ["releases", projectId] });
  return {
    withdraw: useDeed({
      run: async (reason: string) => keep(await send(api.POST(`${PATH}/withdraw`, { params, body: { reason } }))),
      deed: () => ({ done: `Withdrew release ${release.number}`, undo: reinstate }),
      refresh,
    }),
    reinstate: useMutation({ mutationFn: reinstate, onSuccess: refresh }),
  };
}
