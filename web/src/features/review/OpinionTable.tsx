/** All opinions side by side, a column for each annotator under a name that tells nothing; what differs stands out. */
import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Answers, AnswerValue, Elsewhere } from "@/features/annotation";
import type { Schema } from "@/features/projects";
import { duration } from "@/lib/format";
import { TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import type { Case } from "./api/cases";
import { comparisonOf, type Row } from "./comparison";
import { OpinionCell, type Texts } from "./OpinionCell";
import classes from "./OpinionTable.module.css";

type OpinionTableProps = {
  schema: Schema;
  opinions: Case["opinion_list"];
  at: string;
  onQuestion: (name: string) => void;
  /** The record's fields, which passages are quoted from and rewrites are compared with. */
  texts: Texts;
  /** All of one person's answers. */
  onTake: (answers: Answers) => void;
  /** One person's answer to one question. */
  onAdopt: (question: string, value: AnswerValue) => void;
  /** One passage besides those decided already. */
  onAdd: (question: string, span: Elsewhere["span"]) => void;
};

export function OpinionTable(props: OpinionTableProps) {
  const { schema, opinions, at, onQuestion, onTake, texts } = props;
  const rows = useMemo(() => comparisonOf(schema.questions, schema.fields, opinions, texts), [schema, opinions, texts]);
  if (opinions.length === 0)
    return <p className={classes.quiet}>Nobody has answered; the record came straight here.</p>;
  return (
    <TableFrame label="Opinions" sideways>
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
          <QuestionRow
            key={row.question.name}
            row={row}
            open={row.question.name === at}
            onQuestion={onQuestion}
            opinions={opinions}
            texts={texts}
            onAdopt={(value) => props.onAdopt(row.question.name, value)}
            onAdd={(span) => props.onAdd(row.question.name, span)}
          />
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

type QuestionRowProps = {
  row: Row;
  open: boolean;
  onQuestion: (name: string) => void;
  opinions: Case["opinion_list"];
  texts: Texts;
  onAdopt: (value: AnswerValue) => void;
  onAdd: (span: Elsewhere["span"]) => void;
};

function QuestionRow({ row, open, onQuestion, opinions, texts, onAdopt, onAdd }: QuestionRowProps) {
  const { question, cells, agreed, tally } = row;
  return (
    <tr data-open={open || undefined} className={classes.row}>
      <th scope="row">
        <button type="button" className={classes.question} onClick={() => onQuestion(question.name)}>
          {question.name.replaceAll("_", " ")}
        </button>
        {!agreed && <Tag tone="bad">differs</Tag>}
      </th>
      {opinions.map((opinion, column) => (
        <td key={opinion.annotator}>
          <OpinionCell
            question={question}
            said={cells[column] ?? []}
            value={opinion.answers[question.name]}
            note={opinion.notes[question.name]}
            of={opinion.annotator}
            texts={texts}
            onAdopt={open ? onAdopt : undefined}
            onAdd={open ? onAdd : undefined}
          />
        </td>
      ))}
      <td>
        {question.type !== "edit" &&
          tally.map(({ text, n }) => (
            <span key={text} className={classes.tally}>
              <b>{n}</b> {text}
            </span>
          ))}
      </td>
    </tr>
  );
}
