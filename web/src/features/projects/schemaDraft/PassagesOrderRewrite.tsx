/** What can be said about questions that point into the record: passages, an order of replies, a rewrite. */
import { Checkbox, NumberInput } from "@mantine/core";
import { Choice } from "@/ui/Choice";
import type { Question } from "../queries";
import { type DraftField, type DraftQuestion, isSpoken } from "./draft";
import type { Edit } from "./edits";
import { OptionList } from "./OptionList";
import classes from "./SchemaEditor.module.css";

type PartProps = { question: DraftQuestion; change: (to: Partial<DraftQuestion>) => void };
type WithFields = PartProps & { fields: readonly DraftField[] };

/** Which fields the question is about; documents of context are read, not judged. */
export function FieldsChosen({ legend, question, fields, change }: WithFields & { legend: string }) {
  const chosen = new Set(question.fields);
  const toggle = (name: string) => {
    if (!chosen.delete(name)) chosen.add(name);
    change({ fields: judged(fields).flatMap((field) => (chosen.has(field.name) ? [field.name] : [])) });
  };
  return (
    <fieldset className={classes.options}>
      <legend>{legend}</legend>
      <div className={classes.checks}>
        {judged(fields).map((field) => (
          <Checkbox
            key={field.id}
            label={field.title || field.name}
            checked={chosen.has(field.name)}
            onChange={() => toggle(field.name)}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function Passages({ question, change }: PartProps) {
  return (
    <>
      <div className={classes.two}>
        <NumberInput
          label="At least this many passages"
          min={0}
          max={5000}
          value={question.min_spans}
          onChange={(n) => change({ min_spans: Number(n) || 0 })}
        />
        <NumberInput
          label="At most"
          placeholder="no limit"
          min={1}
          max={5000}
          value={question.max_spans ?? ""}
          onChange={(n) => change({ max_spans: n === "" ? null : Number(n) })}
        />
      </div>
      <Checkbox
        label="Passages may overlap"
        checked={question.allow_overlap}
        onChange={(e) => change({ allow_overlap: e.currentTarget.checked })}
      />
    </>
  );
}

const RANKED = [
  { value: "fields", label: "Fields of the record, such as replies" },
  { value: "options", label: "The same options every time" },
];

type RankedProps = WithFields & { edit: (edit: Edit) => void; before: Question | undefined };

export function Ranked({ question, before, fields, change, edit }: RankedProps) {
  return (
    <>
      <Choice
        titled
        label="Put in order"
        options={RANKED}
        value={question.ranks}
        onChange={(ranks) => change({ ranks: ranks === "options" ? "options" : "fields" })}
      />
      {question.ranks === "fields" ? (
        <FieldsChosen legend="Fields" question={question} fields={fields} change={change} />
      ) : (
        <OptionList question={question} before={before} edit={edit} />
      )}
      <Checkbox
        label="Allow ties"
        checked={question.allow_ties}
        onChange={(e) => change({ allow_ties: e.currentTarget.checked })}
      />
      <p className={classes.hint}>The order in which they first stand on the screen is drawn for each person.</p>
    </>
  );
}

const ROLES = [
  { role: "assistant", label: "Assistant" },
  { role: "user", label: "User" },
  { role: "system", label: "System" },
  { role: "tool", label: "Tool" },
] as const;

export function Rewritten({ question, fields, change }: WithFields) {
  const field = fields.find((one) => one.name === question.field);
  const choices = judged(fields).map((one) => ({ value: one.name, label: one.title || one.name }));
  const toggle = (role: (typeof ROLES)[number]["role"]) => {
    const chosen = new Set(question.roles);
    if (!chosen.delete(role)) chosen.add(role);
    change({ roles: ROLES.flatMap((one) => (chosen.has(one.role) ? [one.role] : [])) });
  };
  return (
    <>
      <Choice
        titled
        label="Rewrite"
        options={[{ value: "", label: "Choose a field" }, ...choices]}
        value={question.field}
        onChange={(name) => change({ field: name })}
      />
      {field?.type === "chat" && (
        <fieldset className={classes.options}>
          <legend>Whose turns</legend>
          <div className={classes.checks}>
            {ROLES.map(({ role, label }) => (
              <Checkbox
                key={role}
                label={label}
                checked={question.roles.includes(role)}
                onChange={() => toggle(role)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <NumberInput
        label="At most this many characters"
        min={1}
        max={1_000_000}
        thousandSeparator=","
        value={question.max_length}
        onChange={(n) => change({ max_length: Number(n) || 1 })}
      />
    </>
  );
}

function judged(fields: readonly DraftField[]): readonly DraftField[] {
  return fields.filter(isSpoken);
}
