/** Re-labelling: what it would change, doing it, taking it back. */
import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { did } from "@/lib/deeds";
import { plural } from "@/lib/format";
import { isMoving, useCourse } from "./courses";

export type AnswerChange = Shape<"AnswerChange">;
export type RelabelPreview = Shape<"RelabelPreview">;
type RelabelQuestion = Shape<"RelabelQuestion">;

const PATH = "/api/v1/projects/{project_id}/relabellings";

export const relabelPreviewQuery = (projectId: number, asked: RelabelQuestion) =>
  queryOptions({
    queryKey: ["relabel-preview", projectId, asked],
    queryFn: () => send(api.POST(`${PATH}/preview`, { params: { path: { project_id: projectId } }, body: asked })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });

export function useRelabel(projectId: number) {
  const { begun, finished } = useCourse(projectId);
  return useMutation({
    mutationFn: (body: Shape<"NewRelabelling">) =>
      send(api.POST(PATH, { params: { path: { project_id: projectId } }, body })),
    onSuccess: async ({ id, count, course }) => {
      did({
        done: `${isMoving(course) ? "Re-labelling" : "Re-labelled"} ${plural(count, "record")}`,
        undo: async (tell) => {
          const path = { project_id: projectId, relabelling_id: id };
          const back = await send(api.POST(`${PATH}/{relabelling_id}/undo`, { params: { path } }));
          await finished(back.course, `${plural(back.count, "record")} on the way back`, tell);
        },
      });
      await begun(course);
    },
  });
}
