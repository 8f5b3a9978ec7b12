/** What the palette offers: deeds of this page, places, projects, and the records that answer what is typed. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "@/features/accounts";
import { can, projectQuery, projectsQuery } from "@/features/projects";
import { api, send } from "@/lib/api";
import { type KeyName, keysOf, useChosenKeys, useVisibleBindings, withChosen } from "@/lib/keys";
import { placesFor } from "../places";
import { type Findable, ranked } from "./ranked";

/** `late`: the records answer what was typed before, or are still to come. */
type Entries = { entries: Entry[]; late: boolean };
export type Entry = Findable & { id: string; group: string; keyName?: KeyName | undefined; run: () => void };

export const RECORDS = "Records";
const MOST_RECORDS = 5;
const SHORTEST_SEARCH = 2;

/** Deeds and places follow each letter; records are searched for what has settled. */
export function useEntries(projectId: number | undefined, typed: string, settled: string): Entries {
  const deeds = useDeeds();
  const places = usePlaces(projectId);
  const records = useRecords(projectId, typed, settled);
  return { entries: [...ranked([...deeds, ...places], typed), ...records.entries], late: records.late };
}

function useDeeds(): Entry[] {
  const keymap = useChosenKeys();
  return useVisibleBindings().map((binding, at) => ({
    id: `deed-${at}`,
    group: "Do",
    title: binding.title,
    also: binding.group ?? "",
    keyName: keysOf(withChosen(binding, keymap))[0],
    run: binding.run,
  }));
}

function usePlaces(projectId: number | undefined): Entry[] {
  const me = useMe();
  const go = useGo();
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const here = projects.find((project) => project.id === projectId);
  const parts = here ? placesFor(here.my_role, `/projects/${here.id}`) : [];
  const places = [
    ...parts.map((part) => ({ to: part.to, title: part.title, also: here?.name ?? "" })),
    { to: "/", title: "Home", also: "Projects" },
    { to: "/inbox", title: "Inbox", also: "Notices mentions replies" },
    { to: "/account", title: "Your account", also: "Password API keys" },
    ...(me.workspace_role === "owner" ? [{ to: "/admin", title: "Admin", also: "People invitations audit" }] : []),
    ...projects
      .filter((project) => project !== here)
      .map((project) => ({ to: `/projects/${project.id}`, title: project.name, also: "Project" })),
  ];
  return places.map(({ to, title, also }) => ({ id: `go-${to}`, group: "Go to", title, also, run: () => go(to) }));
}

function useRecords(projectId: number | undefined, typed: string, settled: string): Entries {
  const go = useGo();
  const project = useQuery({ ...projectQuery(projectId ?? 0), enabled: projectId !== undefined }).data;
  const q = settled.trim();
  const mayBrowse = can(project?.my_role, "browse");
  const isAsked = mayBrowse && q.length >= SHORTEST_SEARCH;
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ["palette", projectId, q],
    enabled: isAsked,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => {
      const params = { path: { project_id: projectId ?? 0 }, query: { q: wordsOf(q), limit: MOST_RECORDS } };
      return send(api.GET("/api/v1/projects/{project_id}/records", { params, signal }));
    },
  });
  const found = isAsked ? (data?.items ?? []) : [];
  const entries = found.map((record) => ({
    id: `record-${record.id}`,
    group: RECORDS,
    title: record.external_id ?? `Record ${record.id}`,
    also: Object.values(record.fields).find((value) => typeof value === "string") ?? "",
    run: () => go(`/projects/${projectId}/records/${record.id}`),
  }));
  const isComing = isAsked && isFetching && (isPlaceholderData || !data);
  return { entries, late: mayBrowse && (typed !== settled || isComing) };
}

/** The last word may still be in the middle of being typed. */
function wordsOf(typed: string): string {
  return /[\p{L}\p{N}]$/u.test(typed) ? `${typed}*` : typed;
}

function useGo(): (to: string) => void {
  const navigate = useNavigate();
  return (to) => void navigate({ to });
}
