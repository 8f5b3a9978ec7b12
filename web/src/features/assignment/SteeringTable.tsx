/** What was changed so far; each change can be taken back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import type { Project } from "@/features/projects";
import { isMoving } from "@/features/records/api/courses";
import { CourseJob } from "@/features/records/CourseJob";
import { ago, count, day } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import classes from "./QueuePage.module.css";
import { skillsQuery, steeringsQuery, useUndoSteering } from "./requests";
import { backInWords, changeInWords, selectionInWords } from "./words";

export function SteeringTable({ project }: { project: Project }) {
  const made = useQuery(steeringsQuery(project.id));
  const people = useQuery(skillsQuery(project.id)).data ?? [];
  const undo = useUndoSteering(project.id);
  if (made.isPending) return <Loading />;
  if (made.isError) return <ProblemNote error={made.error} onRetry={made.refetch} />;
  if (made.data.length === 0) return <p className={classes.quiet}>Nothing was changed yet.</p>;
  const nameOf = (id: number) => people.find(({ person }) => person.id === id)?.person.name ?? "somebody who left";
  const onTheWay = made.data.filter(({ course }) => isMoving(course) || course?.state === "stopped");
  return (
    <>
      {undo.isError && <ProblemNote error={undo.error} />}
      {onTheWay.length > 0 && (
        <div className={classes.onTheWay}>
          {onTheWay.map(({ id, course }) => (
            <CourseJob key={id} projectId={project.id} jobId={course?.job_id ?? 0} />
          ))}
        </div>
      )}
      <TableFrame label="Changes so far" capped>
        <thead>
          <tr>
            <th scope="col">Records</th>
            <th scope="col">Became</th>
            <th scope="col" data-number>
              How many
            </th>
            <th scope="col">By</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {made.data.map((one) => (
            <tr key={one.id}>
              <th scope="row">{selectionInWords(one.selection, nameOf)}</th>
              <td>{changeInWords(one.change, nameOf)}</td>
              <td data-number>{count(one.count)}</td>
              <td data-quiet>
                {one.by.name}, {ago(one.at)}
                {one.course?.undoable && one.course.undo_until && (
                  <div>Can be taken back until {day(one.course.undo_until)}</div>
                )}
              </td>
              <td data-deeds>
                {one.undone_at || one.course?.state === "undoing" || one.course?.undoable === false ? (
                  <span className={classes.quiet}>{backInWords(one)}</span>
                ) : (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    leftSection={<Undo2 size={13} />}
                    loading={undo.isPending && undo.variables.id === one.id}
                    onClick={() => undo.mutate({ id: one.id })}
                  >
                    Take back
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}
