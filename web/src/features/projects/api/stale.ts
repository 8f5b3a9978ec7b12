/** The worklist of answers that a change of the questions has left incomplete. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { did } from "@/lib/deeds";
import { plural } from "@/lib/format";

export type StaleAnswer = Shape<"StaleAnswer">;
type AskAgain = Shape<"AskAgain">;
type AskedAnswer = Shape<"AskedAnswer">;

const AT_ONCE = 1000;

/** Of one person, or of everybody (0). */
export const staleQuery = (projectId: number, personId: number) =>
  infiniteQueryOptions({
    queryKey: ["stale", projectId, personId],
    queryFn: ({ pageParam }) => {
      const query = { cursor: pageParam, limit: 50, ...(personId ? { person_id: personId } : {}) };
      const params = { path: { project_id: projectId }, query };
      return send(api.GET("/api/v1/projects/{project_id}/stale-answers", { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const staleSummaryQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["stale-summary", projectId],
    queryFn: () => {
      const params = { path: { project_id: projectId } };
      return send(api.GET("/api/v1/projects/{project_id}/stale-answers/summary", { params }));
    },
  });

/**
 * Asks the named answers' people again, or, batch after batch, those of a person or of everybody. Undo lets those
 * stand whose people have not begun.
 */
export function useAskAgain(projectId: number) {
  const client = useQueryClient();
  const params = { path: { project_id: projectId } };
  const ask = (body: Partial<AskAgain>) =>
    send(
      api.POST("/api/v1/projects/{project_id}/stale-answers/ask-again", {
        params,
        body: { at_most: AT_ONCE, ...body },
      }),
    );
  const settled = () =>
    Promise.all(
      ["stale", "stale-summary", "project"].map((key) => client.invalidateQueries({ queryKey: [key, projectId] })),
    );
  const takeBack = async (asked: readonly AskedAnswer[]) => {
    const url = "/api/v1/projects/{project_id}/stale-answers/take-back";
    for (let at = 0; at < asked.length; at += AT_ONCE)
      await send(api.POST(url, { params, body: { answers: asked.slice(at, at + AT_ONCE) } }));
    await settled();
  };
  return useMutation({
    mutationFn: async (wanted: { answers: readonly StaleAnswer[] } | { personId: number; of: number }) => {
      if ("answers" in wanted) {
        const answers = wanted.answers.map((one) => ({ task_id: one.task_id, person_id: one.annotator.id }));
        return (await ask({ answers })).answers;
      }
      const asked: AskedAnswer[] = [];
      for (let left = wanted.of; left > 0; left -= AT_ONCE)
        asked.push(...(await ask(wanted.personId ? { person_id: wanted.personId } : {})).answers);
      return asked;
    },
    onSuccess: (asked) => {
      if (asked.length > 0)
        did({ done: `Asked for ${plural(asked.length, "answer")} again`, undo: () => takeBack(asked) });
    },
    onSettled: settled,
  });
}
