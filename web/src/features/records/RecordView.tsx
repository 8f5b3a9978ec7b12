/** A record in the order of its schema. Fields that are compared stand side by side, as the questions call them. */
import { memo } from "react";
import type { Field, Schema } from "@/features/projects";
import { comparedIn, type Orders } from "./compared";
import { FieldView } from "./FieldView";
import { isEmptyField } from "./fields";
import classes from "./RecordView.module.css";

type RecordViewProps = { schema: Schema; fields: Record<string, unknown>; swapped?: boolean; orders?: Orders };

export const RecordView = memo(function RecordView({ schema, fields, swapped = false, orders }: RecordViewProps) {
  const compared = comparedIn(schema, swapped, orders);
  const apart = new Set(compared.map((one) => one.field));
  const single = schema.fields.filter((f) => !apart.has(f) && !isEmptyField(fields[f.name]));
  const isBackground = ({ type }: Field) => type === "context" || type === "tools";
  const reading = single.filter((f) => !isBackground(f));
  const context = single.filter(isBackground);
  const named = single.length > 1;
  return (
    <div className={classes.record} data-record="">
      {[...reading, ...context].map((field) => (
        <FieldPart key={field.name} field={field} value={fields[field.name]} named={named && field.type !== "chat"} />
      ))}
      {compared.length > 0 && (
        <div className={classes.pair} data-many={compared.length > 2 || undefined}>
          {compared.map(({ field, title }) => (
            <Candidate key={field.name} title={title} field={field} value={fields[field.name]} />
          ))}
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
