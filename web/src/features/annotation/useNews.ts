/** What changed since this person last looked, told between two records and never in the middle of one. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Project } from "@/features/projects";
import { useAcknowledge, type Versions, type WhatChanged, whatChangedQuery } from "@/features/projects/whatChanged/api";
import type { QueueAtHand } from "./queue/useQueue";

type News = { waiting: boolean; told: WhatChanged | null; read: () => void };

export function useNews(project: Project, queue: QueueAtHand): News {
  const client = useQueryClient();
  const newest = newestOf(project, queue.newest);
  const changed = useQuery(whatChangedQuery(project.id, newest));
  const acknowledge = useAcknowledge(project.id, newest);
  const midRecord = useMidRecord(`${newest.guideline} ${newest.schema}`, queue);
  const told = changed.data && (changed.data.guideline || changed.data.schema) ? changed.data : null;
  useEffect(() => {
    if (told) void client.invalidateQueries({ queryKey: ["project", project.id], exact: true });
  }, [client, project.id, told]);
  return {
    waiting: changed.fetchStatus === "fetching" && changed.isPending && !midRecord,
    told: midRecord ? null : told,
    read: () => {
      if (told) acknowledge.mutate(told);
      queue.startClock();
    },
  };
}

function newestOf(project: Project, seen: Versions): Versions {
  return {
    guideline: Math.max(project.guideline.version, seen.guideline),
    schema: Math.max(project.schema.version, seen.schema),
  };
}

/** Whether the versions became known while the record on screen was being worked on: what changed then waits for the next. */
function useMidRecord(versions: string, { turn, work }: Pick<QueueAtHand, "turn" | "work">): boolean {
  const [state, setState] = useState({ versions, turn, heldAt: -1 });
  if (state.versions !== versions || state.turn !== turn) {
    const came = state.versions !== versions && state.turn === turn && work !== undefined;
    setState({ versions, turn, heldAt: came ? turn : state.heldAt });
  }
  return state.heldAt === turn;
}
