/** Who answered what: one row per person, with the revisions before the present one behind a press. */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import { duration, moment } from "@/lib/format";
import { TableFrame } from "@/ui/TableFrame";
import type { Annotation } from "./api/annotations";
import { Note } from "./Note";

type RevisionTableProps = {
  project: Project;
  annotations: readonly Annotation[];
  /** What passages are quoted from. */
  texts: Readonly<Record<string, unknown>>;
};

export function RevisionTable({ project, annotations, texts }: RevisionTableProps) {
  const [all, setAll] = useState(false);
  const { questions, fields } = project.schema;
  const hasEarlier = annotations.some((one) => !one.is_latest);
  const shown = annotations.filter((one) => all || one.is_latest);
  return (
    <>
      {hasEarlier && (
        <Checkbox
          mb="sm"
          size="xs"
          label="With earlier revisions"
          checked={all}
          onChange={(e) => setAll(e.currentTarget.checked)}
        />
      )}
      <TableFrame label="Answers">
        <thead>
          <tr>
            <th scope="col">Annotator</th>
            {questions.map((question) => (
              <th key={question.name} scope="col" title={question.title}>
                {question.name.replaceAll("_", " ")}
              </th>
            ))}
            <th scope="col" data-number>
              Time
            </th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.id} data-quiet={!one.is_latest || undefined}>
              <th scope="row">
                {one.annotator.name}
                {one.revision > 1 && `, revision ${one.revision}`}
              </th>
              {questions.map((question) => (
                <td key={question.name}>
                  {answerInWords(question, one.answers[question.name], fields, texts)}
                  {one.notes[question.name] && <Note text={one.notes[question.name] ?? ""} />}
                </td>
              ))}
              <td data-number data-quiet>
                {duration(one.active_ms)}
              </td>
              <td data-quiet>
                <time dateTime={one.submitted_at}>{moment(one.submitted_at)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}
