/** One piece of long work: how far it is, what came of it, and the deeds it allows now. */
import { Button, Group, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { useMe } from "@/features/accounts";
import { can, projectQuery } from "@/features/projects";
import { ago, day } from "@/lib/format";
import { ProblemNote } from "@/ui";
import { Tag } from "@/ui/Tag";
import { isUnfinished, type Job, rejectsAddress, useCancelJob, useResumeJob } from "./api/jobs";
import { isReversible, useTakeBack } from "./api/takeBack";
import classes from "./JobCard.module.css";
import { progressInWords, resultInWords, STATE_WORDS, titleOfJob } from "./jobWords";

type JobCardProps = { projectId: number; job: Job };

export function JobCard({ projectId, job }: JobCardProps) {
  const steerable = useMaySteer(projectId, job);
  const cancel = useCancelJob(projectId);
  const resume = useResumeJob(projectId);
  useRefreshWhenDone(projectId, job);
  const { tone, title } = STATE_WORDS[job.state];
  const { done, total } = job.progress;
  const rejected = Number(job.result.rejected ?? 0) + Number(job.result.left_behind ?? 0);
  return (
    <article className={classes.card}>
      <div className={classes.head}>
        <strong>{titleOfJob(job)}</strong>
        <Tag tone={tone}>{title}</Tag>
        <span className={classes.quiet}>
          {job.created_by.name}, {ago(job.created_at)}
        </span>
      </div>
      {isUnfinished(job) && (
        <Progress
          className={classes.bar ?? ""}
          value={total ? Math.min(100, (done / total) * 100) : 0}
          animated={job.state === "running"}
          aria-label={titleOfJob(job)}
        />
      )}
      <p className={classes.words} role={isUnfinished(job) ? "status" : undefined}>
        {isUnfinished(job) ? progressInWords(job) : resultInWords(job)}
      </p>
      {job.error && <p className={classes.error}>{job.error}</p>}
      {cancel.isError && <ProblemNote error={cancel.error} />}
      {resume.isError && <ProblemNote error={resume.error} />}
      <Group gap="xs">
        {steerable && (job.state === "queued" || job.state === "running") && (
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            Stop
          </Button>
        )}
        {steerable && (job.state === "failed" || job.state === "cancelled") && (
          <Button variant="default" size="xs" loading={resume.isPending} onClick={() => resume.mutate(job.id)}>
            Resume
          </Button>
        )}
        {steerable && <TakeBack projectId={projectId} reversal={job.reversal} />}
        {rejected > 0 && (
          <Button
            component="a"
            href={rejectsAddress(projectId, job.id)}
            download
            variant="default"
            size="xs"
            leftSection={<Download size={14} />}
          >
            {job.kind === "bring" ? "What stayed behind" : "Rejected rows"}
          </Button>
        )}
      </Group>
    </article>
  );
}

/** A manager stops anybody's job, and everybody their own. */
function useMaySteer(projectId: number, job: Job): boolean {
  const me = useMe();
  const role = useQuery(projectQuery(projectId)).data?.my_role;
  return can(role, "manage") || job.created_by.id === me.person.id;
}

function TakeBack({ projectId, reversal }: { projectId: number; reversal: Job["reversal"] }) {
  const takeBack = useTakeBack(projectId);
  if (!isReversible(reversal)) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<Undo2 size={14} />}
        loading={takeBack.isPending}
        onClick={() => takeBack.mutate(reversal)}
      >
        Take back
      </Button>
      {reversal.undo_until && <span className={classes.until}>until {day(reversal.undo_until)}</span>}
      {takeBack.isError && <ProblemNote error={takeBack.error} />}
    </>
  );
}

/** When the work ends while somebody looks on, what it changed is asked for again. */
function useRefreshWhenDone(projectId: number, job: Job): void {
  const client = useQueryClient();
  const before = useRef(job.state);
  useEffect(() => {
    const ended = isUnfinished({ state: before.current }) && !isUnfinished(job);
    before.current = job.state;
    if (!ended || job.dry_run) return;
    for (const key of ["project", "records", "facets", "releases", "release"])
      void client.invalidateQueries({ queryKey: [key, projectId] });
    void client.invalidateQueries({ queryKey: ["projects"] });
  }, [client, projectId, job]);
}
