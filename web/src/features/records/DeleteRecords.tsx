/** Delete one record, or all that a filter shows: what that hides is seen before it is done, and Undo follows it. */
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { PassageLink } from "@/features/projects/Citing";
import type { Shape } from "@/lib/api";
import { count, day, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { isMoving } from "./api/courses";
import { deletionPreviewQuery, useDeletions, type WhichRecords } from "./api/deletions";
import { CourseJob } from "./CourseJob";
import classes from "./DeleteRecords.module.css";

type DeleteRecordsProps = {
  project: Project;
  /** Nothing while the question is not asked. */
  which: WhichRecords | undefined;
  onClose: () => void;
  onDone?: () => void;
};

export function DeleteRecords({ project, which, onClose, onDone }: DeleteRecordsProps) {
  return (
    <Modal opened={which !== undefined} onClose={onClose} title="Delete records" size="lg">
      {which && <Asking project={project} which={which} onClose={onClose} {...(onDone ? { onDone } : {})} />}
    </Modal>
  );
}

function Asking({ project, which, onClose, onDone }: DeleteRecordsProps & { which: WhichRecords }) {
  const [reason, setReason] = useState("");
  const preview = useQuery(deletionPreviewQuery(project.id, which));
  const { remove } = useDeletions(project.id);
  const n = preview.data?.records ?? 0;
  const run = () =>
    remove.mutate(
      { which, reason: reason.trim(), expected: n },
      { onSuccess: ({ course }) => !isMoving(course) && close() },
    );
  const close = () => {
    onClose();
    onDone?.();
  };
  const jobId = remove.data?.course?.job_id;
  if (jobId) return <CourseJob projectId={project.id} jobId={jobId} onClose={close} />;
  return (
    <form
      className={classes.asking}
      onSubmit={(event) => {
        event.preventDefault();
        if (n > 0 && reason.trim()) run();
      }}
    >
      {preview.isPending && <Loading what="Counting" />}
      {preview.isError && <ProblemNote error={preview.error} />}
      {preview.data && (
        <>
          <p>
            <strong>{plural(n, "record")}</strong>{" "}
            {preview.data.holdout > 0 && `(${count(preview.data.holdout)} of the holdout) `}
            will be hidden everywhere, and left out of the next release. Until {day(preview.data.erase_after)} they can
            be restored with their answers; then their texts are erased.
          </p>
          <p className={classes.sample}>
            {preview.data.sample.join(", ")}
            {n > preview.data.sample.length && ` and ${count(n - preview.data.sample.length)} more`}
          </p>
          <Quoting project={project} edgeCases={preview.data.edge_cases} />
        </>
      )}
      <TextInput
        label="Why"
        description="Kept in the audit trail for good: name nobody."
        placeholder="Asked for by the customer"
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {remove.isError && <ProblemNote error={remove.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={n === 0 || !reason.trim()} loading={remove.isPending}>
          Delete {plural(n, "record")}
        </Button>
      </Group>
    </form>
  );
}

type QuotingProps = { project: Project; edgeCases: Shape<"DeletionPreview">["edge_cases"] };

/** What would go on quoting the records when their texts are erased. */
function Quoting({ project, edgeCases }: QuotingProps) {
  if (edgeCases.length === 0) return null;
  return (
    <div>
      <p>
        {edgeCases.length === 1 ? "An edge case" : `${count(edgeCases.length)} edge cases`} of the guideline may quote
        them. Erasing leaves the guideline as it is: write these anew in words of your own.
      </p>
      <ul className={classes.quoting}>
        {edgeCases.map(({ anchor, title, external_id }) => (
          <li key={anchor}>
            {title ? <PassageLink projectId={project.id} anchor={anchor} title={title} /> : "In earlier versions only"},
            made from {external_id}
          </li>
        ))}
      </ul>
    </div>
  );
}
