/**
 * A record in the order of its schema. Fields that are compared stand side by side: the two of a preference as "First"
 * and "Second" (`swapped` tells which stands first), those of a ranking under letters, in the order of `orders`.
 */
import { memo } from "react";
import type { Field, Question, Schema } from "@/features/projects";
import { FieldView } from "./FieldView";
import { isEmptyField } from "./fields";
import classes from "./RecordView.module.css";

type Orders = Readonly<Record<string, readonly string[]>>;
type RecordViewProps = { schema: Schema; fields: Record<string, unknown>; swapped?: boolean; orders?: Orders };
type Compared = { field: Field; title: string };

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

/** The fields that stand side by side: of the first preference, else of the first ranking of fields. */
function comparedIn(schema: Schema, swapped: boolean, orders: Orders | undefined): readonly Compared[] {
  const find = (name: string, title: (field: Field) => string): Compared[] => {
    const field = schema.fields.find((one) => one.name === name);
    return field ? [{ field, title: title(field) }] : [];
  };
  const [preference] = schema.questions.filter((one) => one.type === "preference");
  if (preference) {
    const sides = [preference.a_field, preference.b_field];
    const found = (swapped ? sides.toReversed() : sides).flatMap((name, at) =>
      find(name, () => (at === 0 ? "First" : "Second")),
    );
    return found.length === 2 ? found : [];
  }
  const ranking = rankingOfFields(schema.questions);
  const shown = (ranking && orders?.[ranking.name]) ?? ranking?.fields ?? [];
  const letter = (at: number) => String.fromCharCode(65 + at);
  return shown.flatMap((name, at) => find(name, (field) => (orders ? letter(at) : (field.title ?? field.name))));
}

function rankingOfFields(questions: readonly Question[]) {
  return questions.filter((one) => one.type === "ranking").find((one) => one.fields);
}

/** Whether some fields are read beside each other, which takes room. */
export function isSideBySide(schema: Schema): boolean {
  return (
    schema.questions.some((question) => question.type === "preference") ||
    rankingOfFields(schema.questions) !== undefined
  );
}
