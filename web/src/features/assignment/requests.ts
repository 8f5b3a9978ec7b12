/** How the queue stands, and how it is steered: what is due, who may work on what, changes by filter. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { isMoving, useCourse } from "@/features/records/api/courses";
import { api, type Shape, send } from "@/lib/api";
import { did, type Tell, useDeed } from "@/lib/deeds";
import { plural } from "@/lib/format";

export type Steer = Shape<"Steer">;
export type SteerPreview = Shape<"SteerPreview">;
export type Steering = Shape<"Steering">;
export type Change = Steer["change"];
export type Lane = Shape<"Lane">;
export type DueDay = Shape<"DueDay">;
export type PersonSkills = Shape<"PersonSkills">;
export type SkillRule = Shape<"SkillRule">;

const ROOT = "/api/v1/projects/{project_id}/queue";
const at = (projectId: number) => ({ params: { path: { project_id: projectId } } });
const all = (projectId: number) => ["queue", projectId];

export const dueQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...all(projectId), "due"],
    queryFn: () => send(api.GET(`${ROOT}/due`, at(projectId))),
  });

export const lanesQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...all(projectId), "lanes"],
    queryFn: () => send(api.GET(`${ROOT}/lanes`, at(projectId))),
  });

export const skillsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...all(projectId), "skills"],
    queryFn: () => send(api.GET(`${ROOT}/skills`, at(projectId))),
  });

export const rulesQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...all(projectId), "rules"],
    queryFn: async () => (await send(api.GET(`${ROOT}/skill-rules`, at(projectId)))).rules,
  });

export const steeringsQuery = (projectId: number) =>
  queryOptions({
    queryKey: [...all(projectId), "steerings"],
    queryFn: () => send(api.GET(`${ROOT}/steerings`, at(projectId))),
  });

export const previewQuery = (projectId: number, body: Steer) =>
  queryOptions({
    queryKey: [...all(projectId), "preview", body],
    queryFn: () => send(api.POST(`${ROOT}/steerings/preview`, { ...at(projectId), body })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useUndoSteering(projectId: number) {
  const { finished } = useCourse(projectId);
  return useMutation({
    mutationFn: async ({ id, tell }: { id: number; tell?: Tell }) => {
      const path = { project_id: projectId, steering_id: id };
      const { count, course } = await send(api.POST(`${ROOT}/steerings/{steering_id}/undo`, { params: { path } }));
      await finished(course, `${plural(count, "record")} on the way back`, tell);
    },
  });
}

export function useSteer(projectId: number) {
  const { begun } = useCourse(projectId);
  const undo = useUndoSteering(projectId);
  return useMutation({
    mutationFn: (body: Steer) => send(api.POST(`${ROOT}/steerings`, { ...at(projectId), body })),
    onSuccess: ({ id, count, course }) => {
      const done = `${isMoving(course) ? "Changing" : "Changed"} ${plural(count, "record")}`;
      did({ done, undo: (tell) => undo.mutateAsync({ id, tell }) });
      return begun(course);
    },
  });
}

export function useChangeSkills(projectId: number) {
  const client = useQueryClient();
  const run = ({ person, skills }: PersonSkills) => {
    const path = { project_id: projectId, person_id: person.id };
    return send(api.PUT(`${ROOT}/skills/{person_id}`, { params: { path }, body: { skills } }));
  };
  return useDeed({
    run,
    before: ({ person }) =>
      client.getQueryData(skillsQuery(projectId).queryKey)?.find((one) => one.person.id === person.id),
    deed: ({ person }, before) => ({
      done: `Changed the skills of ${person.name}`,
      undo: () => run({ person, skills: before?.skills ?? [] }),
    }),
    refresh: () => client.invalidateQueries({ queryKey: all(projectId) }),
  });
}

export function useChangeRules(projectId: number) {
  const client = useQueryClient();
  const { queryKey } = rulesQuery(projectId);
  const run = (rules: SkillRule[]) => send(api.PUT(`${ROOT}/skill-rules`, { ...at(projectId), body: { rules } }));
  return useDeed({
    run,
    before: () => client.getQueryData(queryKey) ?? [],
    deed: (_, before) => ({ done: "Changed what new records ask for", undo: () => run(before) }),
    refresh: () => client.invalidateQueries({ queryKey }),
  });
}
