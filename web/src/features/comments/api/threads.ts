/** Threads of a record as the server lets this person see them, and every deed on them. */
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { api, type Shape, send } from "@/lib/api";
import { useDeed } from "@/lib/deeds";
import { randomId } from "@/lib/id";

export type Thread = Shape<"Thread">;
export type Comment = Shape<"Comment">;
export type NewAbout = Shape<"NewAbout">;
export type Mentionable = Shape<"Mentionable">;

/** Where comments are read: on which record, and whether with the eyes of an annotator. */
export type Spot = { projectId: number; recordId: number; asAnnotator: boolean };

const keyOf = ({ projectId, recordId }: Pick<Spot, "projectId" | "recordId">) => ["threads", projectId, recordId];

export const threadsQuery = (spot: Spot) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(spot), spot.asAnnotator],
    queryFn: ({ pageParam }) => {
      const query = { record_id: spot.recordId, as_annotator: spot.asAnnotator, cursor: pageParam };
      const params = { path: { project_id: spot.projectId }, query };
      return send(api.GET("/api/v1/projects/{project_id}/threads", { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });

export const threadCountQuery = ({ projectId, recordId, asAnnotator }: Spot) =>
  queryOptions({
    queryKey: [...keyOf({ projectId, recordId }), "count", asAnnotator],
    queryFn: ({ signal }) => {
      const query = { record_id: recordId, as_annotator: asAnnotator };
      const params = { path: { project_id: projectId }, query };
      return send(api.GET("/api/v1/projects/{project_id}/threads/count", { params, signal }));
    },
    staleTime: 30_000,
  });

export const mentionableQuery = ({ projectId, recordId }: Spot) =>
  queryOptions({
    queryKey: [...keyOf({ projectId, recordId }), "mentionable"],
    queryFn: () => {
      const params = { path: { project_id: projectId }, query: { record_id: recordId } };
      return send(api.GET("/api/v1/projects/{project_id}/threads/mentionable", { params }));
    },
    staleTime: 5 * 60_000,
  });

export const revisionsQuery = (projectId: number, comment: Comment) =>
  queryOptions({
    queryKey: ["comment-revisions", projectId, comment.id, comment.revision],
    queryFn: () => {
      const params = { path: { project_id: projectId, comment_id: comment.id } };
      return send(api.GET("/api/v1/projects/{project_id}/comments/{comment_id}/revisions", { params }));
    },
  });

/** A second try of the same words carries the same key, so that they stand once. */
export function useOpenThread(spot: Spot) {
  const once = useOnce();
  return useWriting(spot, ({ body, about }: { body: string; about: NewAbout }) => {
    const params = { path: { project_id: spot.projectId } };
    return once(body, (idempotency_key) => {
      const given = { record_id: spot.recordId, body, about, idempotency_key };
      return send(api.POST("/api/v1/projects/{project_id}/threads", { params, body: given }));
    });
  });
}

export function useReply(spot: Spot, threadId: number) {
  const once = useOnce();
  return useWriting(spot, (body: string) => {
    const params = { path: { project_id: spot.projectId, thread_id: threadId } };
    const address = "/api/v1/projects/{project_id}/threads/{thread_id}/comments";
    return once(body, (idempotency_key) => send(api.POST(address, { params, body: { body, idempotency_key } })));
  });
}

export function useRevise(spot: Spot, comment: Comment) {
  const client = useQueryClient();
  const params = { path: { project_id: spot.projectId, comment_id: comment.id } };
  const run = (body: string) =>
    send(api.PUT("/api/v1/projects/{project_id}/comments/{comment_id}", { params, body: { body } }));
  return useDeed({
    run,
    deed: (body) => (body === comment.body ? null : { done: "Changed a comment", undo: () => run(comment.body) }),
    refresh: () => refresh(client, spot),
  });
}

export function useDeletion(spot: Spot, commentId: number) {
  const client = useQueryClient();
  const params = { path: { project_id: spot.projectId, comment_id: commentId } };
  const remove = () => send(api.DELETE("/api/v1/projects/{project_id}/comments/{comment_id}", { params }));
  const restore = () => send(api.POST("/api/v1/projects/{project_id}/comments/{comment_id}/restore", { params }));
  const again = () => refresh(client, spot);
  return {
    remove: useDeed({ run: remove, deed: () => ({ done: "Deleted a comment", undo: restore }), refresh: again }),
    restore: useMutation({ mutationFn: restore, onSuccess: again }),
  };
}

export function useResolution(spot: Spot, thread: Thread) {
  const client = useQueryClient();
  const params = { path: { project_id: spot.projectId, thread_id: thread.id } };
  const resolve = () => send(api.POST("/api/v1/projects/{project_id}/threads/{thread_id}/resolve", { params }));
  const reopen = () => send(api.POST("/api/v1/projects/{project_id}/threads/{thread_id}/reopen", { params }));
  const [run, undo, done] = thread.resolved
    ? [reopen, resolve, "Opened a thread again"]
    : [resolve, reopen, "Resolved a thread"];
  return useDeed({ run, deed: () => ({ done, undo }), refresh: () => refresh(client, spot) });
}

function useWriting<Given>(spot: Spot, run: (given: Given) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => refresh(client, spot) });
}

function refresh(client: QueryClient, spot: Spot): Promise<void> {
  return client.invalidateQueries({ queryKey: keyOf(spot) });
}

function useOnce() {
  const tried = useRef<{ body: string; key: string } | null>(null);
  return async (body: string, run: (key: string) => Promise<unknown>): Promise<void> => {
    if (tried.current?.body !== body) tried.current = { body, key: randomId() };
    await run(tried.current.key);
    tried.current = null;
  };
}
