/** Accept many undisputed answers at once: choose which, see what that touches, do it; undo takes all of it back. */
import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { can, type Project } from "@/features/projects";
import { membersQuery } from "@/features/projects/api/members";
import { isMoving } from "@/features/records/api/courses";
import { facetsQuery } from "@/features/records/api/facets";
import { CourseJob } from "@/features/records/CourseJob";
import { count, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { type AcceptPreview, acceptPreviewQuery, type CaseFilter, useAcceptAll } from "./api/acceptances";
import classes from "./ReviewPage.module.css";

type AcceptAllProps = { project: Project; opened: boolean; onClose: () => void; onDone: () => void };

export function AcceptAll({ project, opened, onClose, onDone }: AcceptAllProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Accept many answers" size="lg">
      {opened && <Choosing project={project} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function Choosing({ project, onClose, onDone }: Omit<AcceptAllProps, "opened">) {
  const [filter, setFilter] = useState<CaseFilter>({ person_id: null, facets: [] });
  const preview = useQuery(acceptPreviewQuery(project.id, filter));
  const accept = useAcceptAll(project.id);
  const n = preview.data?.count ?? 0;
  const run = () => {
    if (!preview.data) return;
    const asked = { filter, newest_task_id: preview.data.newest_task_id };
    accept.mutate(asked, { onSuccess: ({ course }) => !isMoving(course) && onDone() });
  };
  const jobId = accept.data?.course?.job_id;
  if (jobId) return <CourseJob projectId={project.id} jobId={jobId} onClose={onDone} />;
  return (
    <div className={classes.choosing}>
      <Filter project={project} filter={filter} onChange={setFilter} />
      {preview.isPending && <Loading what="Looking" />}
      {preview.isError && <ProblemNote error={preview.error} />}
      {preview.data && <Touched preview={preview.data} />}
      {accept.isError && <ProblemNote error={accept.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={n === 0 || preview.isPlaceholderData} loading={accept.isPending} onClick={run}>
          Accept {plural(n, "answer")}
        </Button>
      </Group>
    </div>
  );
}

type FilterProps = { project: Project; filter: CaseFilter; onChange: (filter: CaseFilter) => void };

function Filter({ project, filter, onChange }: FilterProps) {
  const facets = (useQuery(facetsQuery(project.id)).data ?? []).filter((facet) => facet.kind === "metadata");
  const mayChoosePeople = can(project.my_role, "manage") || !project.policy.blind;
  const members = useQuery({ ...membersQuery(project.id), enabled: mayChoosePeople }).data ?? [];
  const pairs = facets.flatMap(({ key, values }) => values.map(({ value }) => ({ key, value })));
  return (
    <div className={classes.filters}>
      {mayChoosePeople && (
        <Choice
          titled
          label="Answered by"
          options={[
            { value: "", label: "Anybody" },
            ...members.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          value={String(filter.person_id ?? "")}
          onChange={(id) => onChange({ ...filter, person_id: id ? Number(id) : null })}
        />
      )}
      {pairs.length > 0 && (
        <Choice
          titled
          label="Records with"
          options={[
            { value: "", label: "Anything" },
            ...pairs.map(({ key, value }) => ({
              value: `${key}:${value}`,
              label: `${key.replaceAll("_", " ")}: ${value}`,
            })),
          ]}
          value={filter.facets[0] ?? ""}
          onChange={(pair) => onChange({ ...filter, facets: pair ? [pair] : [] })}
        />
      )}
    </div>
  );
}

function Touched({ preview }: { preview: AcceptPreview }) {
  const left = [
    preview.held > 0 && `${count(preview.held)} that somebody has in hand`,
    preview.own > 0 && `${count(preview.own)} that you annotated`,
    preview.changed > 0 && `${count(preview.changed)} from before the questions changed`,
  ].filter(Boolean);
  return (
    <div>
      <p className={classes.touched}>
        {preview.count === 0
          ? "No undisputed answer fits. Disputes, flags and sensitive records are decided one by one."
          : `${plural(preview.count, "undisputed answer")} will stand as given, without a look at each.`}
        {left.length > 0 && ` Left alone: ${left.join(", ")}.`}
      </p>
      <ul className={classes.list}>
        {preview.examples.map((one) => (
          <li key={one.task_id} className={classes.example}>
            <strong>{one.external_id}</strong> <span className={classes.excerpt}>{one.excerpt}</span>
          </li>
        ))}
        {preview.count > preview.examples.length && (
          <li className={classes.example}>and {count(preview.count - preview.examples.length)} more</li>
        )}
      </ul>
    </div>
  );
}
