/** What I should hear of: the list, how many are unread, and marking them. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Notice = Shape<"Notice">;
export type NoticeKind = Notice["kind"];
export type Which = { unread: boolean; kind: NoticeKind | "" };
type Notices = Shape<"Page_Notice_">;

const LOOK_AGAIN_MS = 60_000;
const LISTS = { queryKey: ["notices", "list"] };

export const unreadQuery = queryOptions({
  queryKey: ["notices", "unread"],
  queryFn: () => send(api.GET("/api/v1/notices/unread")),
  refetchInterval: LOOK_AGAIN_MS,
  refetchOnWindowFocus: true,
  staleTime: 10_000,
});

export const noticesQuery = ({ unread, kind }: Which) =>
  infiniteQueryOptions({
    queryKey: ["notices", "list", unread, kind],
    queryFn: ({ pageParam }) => {
      const query = { unread, ...(kind ? { kind } : {}), cursor: pageParam, limit: 50 };
      return send(api.GET("/api/v1/notices", { params: { query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });

/**
 * Marks these notices, or all of them; the ids that changed. What is on screen changes at once and stays in its
 * place; a list that was on its way meanwhile is asked for again, for it may not know.
 */
export function useMark() {
  const client = useQueryClient();
  return async (ids: readonly number[] | null, read: boolean): Promise<number[]> => {
    const isAsked = client.isFetching(LISTS) > 0;
    void client.cancelQueries(LISTS);
    show(client, ids, read);
    const body = { ids: ids && [...ids], read };
    const marked = await send(api.POST("/api/v1/notices/mark", { body })).finally(() => {
      if (isAsked || client.isFetching(LISTS) > 0) void client.invalidateQueries(LISTS);
      return client.invalidateQueries({ queryKey: unreadQuery.queryKey });
    });
    return marked.ids;
  };
}

function show(client: QueryClient, ids: readonly number[] | null, read: boolean): void {
  const among = ids && new Set(ids);
  const marked = (one: Notice): Notice =>
    among && !among.has(one.id) ? one : { ...one, read_at: read ? (one.read_at ?? new Date().toISOString()) : null };
  client.setQueriesData<InfiniteData<Notices>>(LISTS, (data) =>
    data ? { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(marked) })) } : data,
  );
}
