/**
 * A record in the order of its schema. Two fields that are compared stand side by side as "First" and "Second";
 * `swapped` tells which of them stands first.
 */
import { memo } from "react";
import type { Field, Question, Schema } from "@/features/projects";
import { FieldView } from "./FieldView";
import { isEmptyField } from "./fields";
import classes from "./RecordView.module.css";

type RecordViewProps = { schema: Schema; fields: Record<string, unknown>; swapped?: boolean };

export const RecordView = memo(function RecordView({ schema, fields, swapped = false }: RecordViewProps) {
  const pair = pairOf(schema.questions, swapped);
  const [first, second] = (pair ?? []).map((name) => schema.fields.find((field) => field.name === name));
  const single = schema.fields.filter((f) => f !== first && f !== second && !isEmptyField(fields[f.name]));
  const reading = single.filter((f) => f.type !== "context");
  const context = single.filter((f) => f.type === "context");
  const named = single.length > 1;
  return (
    <div className={classes.record}>
      {[...reading, ...context].map((field) => (
        <FieldPart key={field.name} field={field} value={fields[field.name]} named={named && field.type !== "chat"} />
      ))}
      {first && second && (
        <div className={classes.pair}>
          <Candidate title="First" field={first} value={fields[first.name]} />
          <Candidate title="Second" field={second} value={fields[second.name]} />
        </div>
      )}
    </div>
  );
});

function FieldPart({ field, value, named }: { field: Field; value: unknown; named: boolean }) {
  const title = field.title ?? field.name;
  return (
    <section className={classes.field} data-type={field.type} aria-label={title}>
      {named && <h2 className={classes.title}>{title}</h2>}
      <FieldView field={field} value={value} />
    </section>
  );
}

function Candidate({ title, field, value }: { title: string; field: Field; value: unknown }) {
  return (
    <section className={classes.candidate} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <FieldView field={field} value={value} />
    </section>
  );
}

function pairOf(questions: readonly Question[], swapped: boolean): readonly [string, string] | undefined {
  const question = questions.find((q) => q.type === "preference");
  if (question?.type !== "preference") return undefined;
  return swapped ? [question.b_field, question.a_field] : [question.a_field, question.b_field];
}

export function comparesTwo(schema: Schema): boolean {
  return schema.questions.some((question) => question.type === "preference");
}
