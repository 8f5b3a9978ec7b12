/** One piece of long work: how far it is, what came of it, and the deeds it allows now. */
import { Button, Group, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useEffect, useRef } from "react";
import { ago } from "@/lib/format";
import { ProblemNote } from "@/ui";
import { Tag } from "@/ui/Tag";
import { isUnfinished, type Job, rejectsAddress, useCancelJob, useResumeJob } from "./api/jobs";
import classes from "./JobCard.module.css";
import { progressInWords, resultInWords, STATE_WORDS, titleOfJob } from "./jobWords";

type JobCardProps = { projectId: number; job: Job; steerable?: boolean };

export function JobCard({ projectId, job, steerable = true }: JobCardProps) {
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
            Cancel
          </Button>
        )}
        {steerable && (job.state === "failed" || job.state === "cancelled") && (
          <Button variant="default" size="xs" loading={resume.isPending} onClick={() => resume.mutate(job.id)}>
            Resume
          </Button>
        )}
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
