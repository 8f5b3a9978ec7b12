/** What can be said about a question of one type only. */
import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { Choice } from "@/ui/Choice";
import type { Question } from "../queries";
import type { DraftField, DraftQuestion } from "./draft";
import type { Edit } from "./edits";
import { OptionList } from "./OptionList";
import { FieldsChosen, Passages, Ranked, Rewritten } from "./PassagesOrderRewrite";
import classes from "./SchemaEditor.module.css";

type PartProps = { question: DraftQuestion; change: (to: Partial<DraftQuestion>) => void };
type WithFields = PartProps & { fields: readonly DraftField[] };
type OfItsTypeProps = WithFields & { edit: (edit: Edit) => void; before: Question | undefined };

export function OfItsType({ question, before, fields, edit, change }: OfItsTypeProps) {
  switch (question.type) {
    case "label":
      return <OptionList question={question} before={before} edit={edit} />;
    case "multi_label":
      return (
        <>
          <OptionList question={question} before={before} edit={edit} />
          <div className={classes.two}>
            <NumberInput
              label="Choose at least"
              min={0}
              value={question.min_choices}
              onChange={(n) => change({ min_choices: Number(n) || 0 })}
            />
            <NumberInput
              label="Choose at most"
              placeholder="no limit"
              min={1}
              value={question.max_choices ?? ""}
              onChange={(n) => change({ max_choices: n === "" ? null : Number(n) })}
            />
          </div>
        </>
      );
    case "rating":
      return <Scale question={question} change={change} />;
    case "text":
      return (
        <NumberInput
          label="At most this many characters"
          min={1}
          max={1_000_000}
          thousandSeparator=","
          value={question.max_length}
          onChange={(n) => change({ max_length: Number(n) || 1 })}
        />
      );
    case "preference":
      return <Compared question={question} fields={fields} change={change} />;
    case "span":
      return (
        <>
          <FieldsChosen legend="Passages of" question={question} fields={fields} change={change} />
          <OptionList question={question} before={before} edit={edit} />
          <Passages question={question} change={change} />
        </>
      );
    case "ranking":
      return <Ranked question={question} before={before} fields={fields} edit={edit} change={change} />;
    case "edit":
      return <Rewritten question={question} fields={fields} change={change} />;
  }
}

function Scale({ question, change }: PartProps) {
  return (
    <div className={classes.two}>
      <NumberInput label="Lowest" value={question.min} onChange={(n) => change({ min: Number(n) || 0 })} />
      <NumberInput label="Highest" value={question.max} onChange={(n) => change({ max: Number(n) || 0 })} />
      <TextInput
        label="The lowest means"
        placeholder="Useless"
        value={question.low_title}
        onChange={(e) => change({ low_title: e.currentTarget.value })}
      />
      <TextInput
        label="The highest means"
        placeholder="Excellent"
        value={question.high_title}
        onChange={(e) => change({ high_title: e.currentTarget.value })}
      />
    </div>
  );
}

const STRENGTHS = [
  { value: "0", label: "No: only which is better" },
  { value: "1", label: "No: only which is better (one level)" },
  { value: "2", label: "In 2 steps: slightly, clearly" },
  { value: "3", label: "In 3 steps: slightly, better, much" },
  { value: "4", label: "In 4 steps" },
];

function Compared({ question, fields, change }: WithFields) {
  const choices = [
    { value: "", label: "Choose a field" },
    ...fields.map((field) => ({ value: field.name, label: field.title || field.name })),
  ];
  return (
    <>
      <div className={classes.two}>
        <Choice
          titled
          label="Compare"
          options={choices}
          value={question.a_field}
          onChange={(a_field) => change({ a_field })}
        />
        <Choice
          titled
          label="with"
          options={choices}
          value={question.b_field}
          onChange={(b_field) => change({ b_field })}
        />
      </div>
      <Choice
        titled
        label="Ask how clearly"
        options={STRENGTHS.filter(({ value }) => value !== "1" || question.strengths === 1)}
        value={String(question.strengths)}
        onChange={(n) => change({ strengths: Number(n) })}
      />
      <div className={classes.checks}>
        <Checkbox
          label="Allow a tie"
          checked={question.allow_tie}
          onChange={(e) => change({ allow_tie: e.currentTarget.checked })}
        />
        <Checkbox
          label="Allow “both bad”"
          checked={question.allow_both_bad}
          onChange={(e) => change({ allow_both_bad: e.currentTarget.checked })}
        />
      </div>
      <p className={classes.hint}>Which of the two stands first on the screen is drawn for each person and kept.</p>
    </>
  );
}
