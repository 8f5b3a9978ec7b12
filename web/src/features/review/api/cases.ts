/** Cases: the list, one of them, the next one to decide, and the deeds on it. */
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";
import { learn } from "@/lib/queryClient";

export type Case = Shape<"Case">;
export type CaseSummary = Shape<"CaseSummary">;
export type NewDecision = Shape<"NewDecision">;
export type CaseState = "open" | "decided" | "returned";

export const casesQuery = (projectId: number, state: CaseState) =>
  infiniteQueryOptions({
    queryKey: ["cases", projectId, state],
    queryFn: ({ pageParam }) => {
      const params = { path: { project_id: projectId }, query: { state, cursor: pageParam, limit: 100 } };
      return send(api.GET("/api/v1/projects/{project_id}/cases", { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const caseQuery = (projectId: number, taskId: number) =>
  queryOptions({
    queryKey: ["case", projectId, taskId],
    queryFn: () => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.GET("/api/v1/projects/{project_id}/cases/{task_id}", { params: { path } }));
    },
  });

/** The next case, held for the caller; null when nothing waits. Asked for anew every time. */
export const nextCaseQuery = (projectId: number, turn: number) =>
  queryOptions({
    queryKey: ["next-case", projectId, turn],
    queryFn: async (): Promise<Case | null> => {
      const params = { path: { project_id: projectId } };
      return (await send(api.POST("/api/v1/projects/{project_id}/cases/next", { params }))) ?? null;
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useDecide(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ taskId, decision }: { taskId: number; decision: NewDecision }) => {
      const path = { project_id: projectId, task_id: taskId };
      const address = "/api/v1/projects/{project_id}/cases/{task_id}/decision";
      return send(api.POST(address, { params: { path }, body: decision }));
    },
    onSuccess: (one) => settle(client, projectId, one),
  });
}

export function useAccept(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ taskId, body }: { taskId: number; body: Shape<"NewAcceptance"> }) => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.POST("/api/v1/projects/{project_id}/cases/{task_id}/accept", { params: { path }, body }));
    },
    onSuccess: (one) => settle(client, projectId, one),
  });
}

export function useSendBack(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ taskId, body }: { taskId: number; body: Shape<"NewReturn"> }) => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.POST("/api/v1/projects/{project_id}/cases/{task_id}/return", { params: { path }, body }));
    },
    onSuccess: (one) => settle(client, projectId, one),
  });
}

export function useUndoDecision(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (taskId: number) => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.POST("/api/v1/projects/{project_id}/cases/{task_id}/undo", { params: { path } }));
    },
    onSuccess: (one) => settle(client, projectId, one),
  });
}

export function useSkipCase(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (taskId: number) => {
      const path = { project_id: projectId, task_id: taskId };
      return send(api.POST("/api/v1/projects/{project_id}/cases/{task_id}/skip", { params: { path } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["cases", projectId] }),
  });
}

/** The case is known as it is now; whatever counts cases or shows the record is asked for again when it is shown. */
function settle(client: QueryClient, projectId: number, one: Case): void {
  learn(client, caseQuery(projectId, one.task_id).queryKey, one);
  const keys = [
    ["cases", projectId],
    ["projects"],
    ["project", projectId],
    ["records", projectId],
    ["facets", projectId],
    ["error-rates", projectId],
  ];
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  for (const key of ["record", "resolution"])
    void client.invalidateQueries({ queryKey: [key, projectId, one.record_id] });
}
