/** Accepting many cases at once: what it would touch, doing it, taking it back. */
import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import { isMoving, useCourse } from "@/features/records/api/courses";
import { api, type Shape, send } from "@/lib/api";
import { did } from "@/lib/deeds";
import { plural } from "@/lib/format";

export type CaseFilter = Shape<"CaseFilter">;
export type AcceptPreview = Shape<"AcceptPreview">;

const PATH = "/api/v1/projects/{project_id}/acceptances";

export const acceptPreviewQuery = (projectId: number, filter: CaseFilter) =>
  queryOptions({
    queryKey: ["accept-preview", projectId, filter],
    queryFn: () => send(api.POST(`${PATH}/preview`, { params: { path: { project_id: projectId } }, body: filter })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export function useAcceptAll(projectId: number) {
  const { begun, finished } = useCourse(projectId);
  const params = { path: { project_id: projectId } };
  return useMutation({
    mutationFn: (body: Shape<"AcceptAll">) => send(api.POST(PATH, { params, body })),
    onSuccess: async ({ id, count, course }) => {
      did({
        done: `${isMoving(course) ? "Accepting" : "Accepted"} ${plural(count, "answer")}`,
        undo: async (tell) => {
          const path = { project_id: projectId, acceptance_id: id };
          const back = await send(api.POST(`${PATH}/{acceptance_id}/undo`, { params: { path } }));
          await finished(back.course, `${plural(back.count, "case")} on the way back to review`, tell);
        },
      });
      await begun(course);
    },
  });
}
