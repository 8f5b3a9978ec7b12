/** Saved views: filters with a name. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import type { RecordFilter } from "../recordFilter";

export type SavedView = Shape<"View">;

const key = (projectId: number) => ["views", projectId] as const;

export const viewsQuery = (projectId: number) =>
  queryOptions({
    queryKey: key(projectId),
    queryFn: () =>
      send(api.GET("/api/v1/projects/{project_id}/views", { params: { path: { project_id: projectId } } })),
  });

type NewView = { name: string; shared: boolean; filter: RecordFilter };

export function useViewDeeds(projectId: number) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: key(projectId) });
  const at = (view: SavedView) => ({ params: { path: { project_id: projectId, view_id: view.id } } });
  const PATH = "/api/v1/projects/{project_id}/views/{view_id}";
  const drop = (view: SavedView) => send(api.DELETE(PATH, at(view)));
  const restore = (view: SavedView) => send(api.POST(`${PATH}/restore`, at(view)));
  const show = (view: SavedView, shared: boolean) => send(api.PATCH(PATH, { ...at(view), body: { shared } }));

  const save = useDeed({
    run: (body: NewView) =>
      send(api.POST("/api/v1/projects/{project_id}/views", { params: { path: { project_id: projectId } }, body })),
    deed: (_, __, view) => ({
      done: `Saved the view “${view.name}”`,
      undo: () => drop(view),
      redo: () => restore(view),
    }),
    refresh,
  });
  const remove = useDeed({
    run: drop,
    deed: (view) => ({ done: `Deleted the view “${view.name}”`, undo: () => restore(view) }),
    refresh,
  });
  const share = useDeed({
    run: (view: SavedView) => show(view, !view.shared),
    deed: (view) => ({
      done: view.shared ? `“${view.name}” is yours alone now` : `Everybody here sees “${view.name}” now`,
      undo: () => show(view, view.shared),
    }),
    refresh,
  });
  return { save, remove, share };
}
