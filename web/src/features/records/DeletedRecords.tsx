/** What was deleted: why, by whom, and for how long it can come back. */
import { Button, Modal } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { can, type Project } from "@/features/projects";
import { ago, day, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { isMoving } from "./api/courses";
import { type Deletion, deletionsQuery, useDeletions } from "./api/deletions";
import { CourseJob } from "./CourseJob";
import classes from "./DeleteRecords.module.css";
import { leftInWords } from "./jobWords";

type DeletedRecordsProps = { project: Project; opened: boolean; onClose: () => void };

export function DeletedRecords({ project, opened, onClose }: DeletedRecordsProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Deleted records" size="lg">
      {opened && <List project={project} />}
    </Modal>
  );
}

function List({ project }: { project: Project }) {
  const deletions = useInfiniteQuery(deletionsQuery(project.id));
  const { restore, erase } = useDeletions(project.id);
  const rows = deletions.data?.pages.flatMap((page) => page.items) ?? [];
  const trouble = restore.error ?? erase.error;
  return (
    <>
      {deletions.isPending && <Loading what="Fetching" />}
      {deletions.isError && <ProblemNote error={deletions.error} onRetry={deletions.refetch} />}
      {trouble && <ProblemNote error={trouble} />}
      {deletions.isSuccess && rows.length === 0 && (
        <p className={classes.quiet}>Nothing was deleted. Deleted records wait here for a while and can come back.</p>
      )}
      <ul className={classes.list}>
        {rows.map((deletion) => (
          <Line
            key={deletion.id}
            project={project}
            deletion={deletion}
            busy={restore.isPending || erase.isPending}
            onRestore={() => restore.mutate(deletion)}
            onErase={() => erase.mutate(deletion)}
          />
        ))}
      </ul>
      {deletions.hasNextPage && (
        <Button variant="default" loading={deletions.isFetchingNextPage} onClick={() => deletions.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

type LineProps = {
  project: Project;
  deletion: Deletion;
  busy: boolean;
  onRestore: () => void;
  onErase: () => void;
};

function Line({ project, deletion, busy, onRestore, onErase }: LineProps) {
  const [sure, setSure] = useState(false);
  const waits = !deletion.restored_at && !deletion.erased_at;
  const { course } = deletion;
  const onTheWay = isMoving(course) || course?.state === "stopped" ? course?.job_id : null;
  return (
    <li className={classes.line}>
      <div className={classes.told}>
        <strong>{plural(deletion.records, "record")}</strong> · {deletion.reason}
        <div className={classes.quiet}>
          {deletion.deleted_by.name}, {ago(deletion.deleted_at)}; {outcomeOf(deletion)}
        </div>
        {onTheWay && <CourseJob projectId={project.id} jobId={onTheWay} />}
      </div>
      {waits && course?.state !== "undoing" && (
        <Button variant="default" size="xs" disabled={busy} onClick={onRestore}>
          Restore
        </Button>
      )}
      {waits && !isMoving(course) && can(project.my_role, "own") && (
        <Button
          variant={sure ? "filled" : "subtle"}
          color="red"
          size="xs"
          disabled={busy}
          onClick={() => (sure ? onErase() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {sure ? "Erase for good" : "Erase now"}
        </Button>
      )}
    </li>
  );
}

function outcomeOf({ restored_at, erased_at, erase_after, course }: Deletion): string {
  if (erased_at) return `erased ${ago(erased_at)}`;
  const left = restored_at ? leftInWords(course?.kept ?? {}) : [];
  if (restored_at) return [`restored ${ago(restored_at)}`, ...left].join(", ");
  if (course?.state === "undoing") return "on the way back";
  return `can be restored until ${day(erase_after)}`;
}
