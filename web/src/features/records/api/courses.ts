/** Deeds on many records: a job does them, and takes them back, where they are too many for one request. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Shape } from "@/lib/api";
import type { Tell } from "@/lib/deeds";
import { Problem } from "@/lib/problem";
import { isUnfinished, jobQuery, POLL_MS } from "./jobs";

export type Course = Shape<"Course">;

export function isMoving(course: Course | null | undefined): course is Course & { job_id: number } {
  return course?.job_id != null && (course.state === "doing" || course.state === "undoing");
}

/** What to do around a deed on many, or its way back. */
export function useCourse(projectId: number) {
  const client = useQueryClient();
  return {
    /** Everything is asked for anew: now, and when the job has ended that nobody waits for. */
    begun: async (course: Course | null) => {
      await client.invalidateQueries();
      if (isMoving(course)) void ended(client, projectId, course.job_id).then(() => client.invalidateQueries());
    },
    /** As `begun`, but waits for the job, telling what it does; a job that fails or is stopped is told. */
    finished: async (course: Course | null, words: string, tell?: Tell) => {
      await client.invalidateQueries();
      if (!isMoving(course)) return;
      tell?.(words);
      const job = await ended(client, projectId, course.job_id);
      await client.invalidateQueries();
      if (job.state !== "done")
        throw new Problem(409, "Stopped on the way", job.error ?? "Its job was cancelled. Resume it under Jobs.");
    },
  };
}

async function ended(client: QueryClient, projectId: number, jobId: number) {
  for (;;) {
    const job = await client.fetchQuery({ ...jobQuery(projectId, jobId), staleTime: 0 });
    if (!isUnfinished(job)) return job;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}
