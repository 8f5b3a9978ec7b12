/** Deleting records: what it would hide, doing it, taking it back, erasing for good. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { did, type Tell } from "@/lib/deeds";
import { plural } from "@/lib/format";
import { isMoving, useCourse } from "./courses";

export type WhichRecords = Shape<"WhichRecords">;
export type Deletion = Shape<"Deletion">;

const PATH = "/api/v1/projects/{project_id}/deletions";

export const deletionPreviewQuery = (projectId: number, which: WhichRecords) =>
  queryOptions({
    queryKey: ["deletion-preview", projectId, which],
    queryFn: () => send(api.POST(`${PATH}/preview`, { params: { path: { project_id: projectId } }, body: which })),
    staleTime: 0,
    retry: false,
  });

export const deletionsQuery = (projectId: number) =>
  infiniteQueryOptions({
    queryKey: ["deletions", projectId],
    queryFn: ({ pageParam }) =>
      send(api.GET(PATH, { params: { path: { project_id: projectId }, query: { cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export function useDeletions(projectId: number) {
  const client = useQueryClient();
  const at = (id: number) => ({ params: { path: { project_id: projectId, deletion_id: id } } });
  const { begun, finished } = useCourse(projectId);
  const restore = async (id: number, tell?: Tell) => {
    const { records, course } = await send(api.POST(`${PATH}/{deletion_id}/restore`, at(id)));
    await finished(course, `${plural(records, "record")} on the way back`, tell);
  };
  return {
    remove: useMutation({
      mutationFn: (body: Shape<"NewDeletion">) =>
        send(api.POST(PATH, { params: { path: { project_id: projectId } }, body })),
      onSuccess: async ({ id, records, course }) => {
        const done = isMoving(course) ? "Deleting" : "Deleted";
        did({ done: `${done} ${plural(records, "record")}`, undo: (tell) => restore(id, tell) });
        await begun(course);
      },
    }),
    restore: useMutation({ mutationFn: (deletion: Deletion) => restore(deletion.id) }),
    erase: useMutation({
      mutationFn: async (deletion: Deletion) => {
        await send(api.POST(`${PATH}/{deletion_id}/erase`, at(deletion.id)));
        await client.invalidateQueries({ queryKey: ["deletions", projectId] });
      },
    }),
  };
}
