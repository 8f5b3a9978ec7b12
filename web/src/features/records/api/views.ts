/** Saved views: filters with a name. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { did } from "@/lib/deeds";
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
  const again = () => client.invalidateQueries({ queryKey: key(projectId) });
  const at = (view: SavedView) => ({ params: { path: { project_id: projectId, view_id: view.id } } });
  const PATH = "/api/v1/projects/{project_id}/views/{view_id}";
  const drop = (view: SavedView) => send(api.DELETE(PATH, at(view))).then(again);
  const restore = (view: SavedView) => send(api.POST(`${PATH}/restore`, at(view))).then(again);
  const change = (view: SavedView, body: Shape<"ViewChange">) =>
    send(api.PATCH(PATH, { ...at(view), body })).then(again);

  const save = useMutation({
    mutationFn: (body: NewView) =>
      send(api.POST("/api/v1/projects/{project_id}/views", { params: { path: { project_id: projectId } }, body })),
    onSuccess: (view) => {
      did({ done: `Saved the view “${view.name}”`, undo: () => drop(view), redo: () => restore(view) });
      return again();
    },
  });
  const remove = useMutation({
    mutationFn: drop,
    onSuccess: (_, view) =>
      did({ done: `Deleted the view “${view.name}”`, undo: () => restore(view), redo: () => drop(view) }),
  });
  const share = useMutation({
    mutationFn: (view: SavedView) => change(view, { shared: !view.shared }),
    onSuccess: (_, view) =>
      did({
        done: view.shared ? `“${view.name}” is yours alone now` : `Everybody here sees “${view.name}” now`,
        undo: () => change(view, { shared: view.shared }),
        redo: () => change(view, { shared: !view.shared }),
      }),
  });
  return { save, remove, share };
}
