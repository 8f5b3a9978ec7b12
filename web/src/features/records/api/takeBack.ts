/** Taking back what a job has changed on many records, whichever deed it was. */
import { useMutation } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { useCourse } from "./courses";
import type { Job } from "./jobs";

const ROOT = "/api/v1/projects/{project_id}";

type Reversal = NonNullable<Job["reversal"]>;
type Undone = { course: Shape<"Course"> | null };

const WAYS: Record<string, (project_id: number, id: number) => Promise<Undone>> = {
  delete_records: (project_id, deletion_id) =>
    send(api.POST(`${ROOT}/deletions/{deletion_id}/restore`, { params: { path: { project_id, deletion_id } } })),
  steer_queue: (project_id, steering_id) =>
    send(api.POST(`${ROOT}/queue/steerings/{steering_id}/undo`, { params: { path: { project_id, steering_id } } })),
  accept_cases: (project_id, acceptance_id) =>
    send(api.POST(`${ROOT}/acceptances/{acceptance_id}/undo`, { params: { path: { project_id, acceptance_id } } })),
  relabel_records: (project_id, relabelling_id) =>
    send(api.POST(`${ROOT}/relabellings/{relabelling_id}/undo`, { params: { path: { project_id, relabelling_id } } })),
};

/** Whether it can be taken back from here: not by this version, if a newer one knows more deeds. */
export function isReversible(reversal: Job["reversal"]): reversal is Reversal {
  return Boolean(reversal?.undoable && reversal.deed in WAYS);
}

export function useTakeBack(projectId: number) {
  const { begun } = useCourse(projectId);
  return useMutation({
    mutationFn: ({ deed, subject_id }: Reversal) => {
      const way = WAYS[deed];
      if (!way) throw new Error(`no way back from ${deed}`);
      return way(projectId, subject_id);
    },
    onSuccess: ({ course }) => begun(course),
  });
}
