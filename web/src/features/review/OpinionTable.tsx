/** All opinions side by side, a column for each annotator under a name that tells nothing; what differs stands out. */
import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Answers } from "@/features/annotation";
import type { Schema } from "@/features/projects";
import { duration } from "@/lib/format";
import { TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import type { Case } from "./api/cases";
import { comparisonOf, type Row } from "./comparison";
import classes from "./OpinionTable.module.css";

type OpinionTableProps = {
  schema: Schema;
  opinions: Case["opinion_list"];
  at: string;
  onQuestion: (name: string) => void;
  onTake: (answers: Answers) => void;
};

export function OpinionTable({ schema, opinions, at, onQuestion, onTake }: OpinionTableProps) {
  const rows = useMemo(() => comparisonOf(schema.questions, schema.fields, opinions), [schema, opinions]);
  if (opinions.length === 0)
    return <p className={classes.quiet}>Nobody has answered; the record came straight here.</p>;
  return (
    <TableFrame label="Opinions">
      <thead>
        <tr>
          <th scope="col">Question</th>
          {opinions.map((opinion) => (
            <th key={opinion.annotator} scope="col">
              {opinion.annotator}
            </th>
          ))}
          <th scope="col">Together</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <QuestionRow key={row.question.name} row={row} open={row.question.name === at} onQuestion={onQuestion} />
        ))}
        <tr>
          <th scope="row" className={classes.quiet}>
            Time
          </th>
          {opinions.map((opinion) => (
            <td key={opinion.annotator}>
              <Button variant="default" size="compact-xs" onClick={() => onTake(opinion.answers as Answers)}>
                Take<span className="unseen"> the answers of {opinion.annotator}</span>
              </Button>
              <span className={classes.time}>{duration(opinion.active_ms)}</span>
            </td>
          ))}
          <td />
        </tr>
      </tbody>
    </TableFrame>
  );
}

function QuestionRow({ row, open, onQuestion }: { row: Row; open: boolean; onQuestion: (name: string) => void }) {
  const { question, cells, agreed, tally } = row;
  return (
    <tr data-open={open || undefined} className={classes.row}>
      <th scope="row">
        <button type="button" className={classes.question} onClick={() => onQuestion(question.name)}>
          {question.name.replaceAll("_", " ")}
        </button>
        {!agreed && <Tag tone="bad">differs</Tag>}
      </th>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is an annotator, and stays one
        <td key={column}>
          {cell.length === 0 && <span className={classes.quiet}>–</span>}
          {cell.map((said) => (
            <span key={said.text} className={classes.said} data-differs={!said.shared || undefined}>
              {said.text}
            </span>
          ))}
        </td>
      ))}
      <td>
        {tally.map(({ text, n }) => (
          <span key={text} className={classes.tally}>
            <b>{n}</b> {text}
          </span>
        ))}
      </td>
    </tr>
  );
}
