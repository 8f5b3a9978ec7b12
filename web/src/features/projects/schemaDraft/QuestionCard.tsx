/** One question of the draft: closed a line, open everything that can be said about it. */
import { Checkbox, Collapse, NumberInput, Textarea, TextInput } from "@mantine/core";
import { ChevronRight } from "lucide-react";
import { Choice } from "@/ui/Choice";
import { Tag } from "@/ui/Tag";
import type { DraftField, DraftQuestion } from "./draft";
import type { Edit } from "./edits";
import { FaultList } from "./FaultList";
import type { Fault } from "./faults";
import { OptionList } from "./OptionList";
import { Order, onMoveKeys } from "./Order";
import classes from "./SchemaEditor.module.css";

const TYPE_WORDS: Record<DraftQuestion["type"], string> = {
  label: "one option",
  multi_label: "any options",
  rating: "rating",
  preference: "preference",
  text: "text",
  span: "passages",
  ranking: "order",
  edit: "rewrite",
};

type QuestionCardProps = {
  question: DraftQuestion;
  fields: readonly DraftField[];
  faults: readonly Fault[];
  open: boolean;
  onOpen: () => void;
  edit: (edit: Edit) => void;
  first: boolean;
  last: boolean;
};

export function QuestionCard({ question, fields, faults, open, onOpen, edit, first, last }: QuestionCardProps) {
  const called = question.title || question.name || "New question";
  return (
    <li className={classes.part} onKeyDown={onMoveKeys(question.id, edit)}>
      <div className={classes.head}>
        <button type="button" className={classes.opener} aria-expanded={open} onClick={onOpen}>
          <ChevronRight size={16} aria-hidden="true" />
          <span className={classes.called}>{called}</span>
          <Tag tone={faults.length > 0 && !open ? "bad" : "plain"}>
            {faults.length > 0 && !open ? "incomplete" : TYPE_WORDS[question.type]}
          </Tag>
        </button>
        <div className={classes.order}>
          <Order id={question.id} name={called} edit={edit} first={first} last={last} />
        </div>
      </div>
      <Collapse expanded={open} transitionDuration={100}>
        <div className={classes.body}>
          {open && <QuestionBody question={question} fields={fields} edit={edit} />}
          <FaultList faults={faults} />
        </div>
      </Collapse>
    </li>
  );
}

type BodyProps = Pick<QuestionCardProps, "question" | "fields" | "edit">;

function QuestionBody({ question, fields, edit }: BodyProps) {
  const change = (to: Partial<DraftQuestion>) => edit({ do: "change question", id: question.id, to });
  return (
    <>
      <TextInput
        label="Question"
        description="As annotators read it"
        value={question.title}
        onChange={(e) => change({ title: e.currentTarget.value })}
        autoFocus={!question.known && !question.title}
      />
      <Textarea
        label="Help"
        description="Shown under the question. Edge cases belong into the guideline."
        autosize
        minRows={1}
        maxRows={5}
        value={question.help}
        onChange={(e) => change({ help: e.currentTarget.value })}
      />
      <div className={classes.two}>
        <TextInput
          label="Name in the data"
          description={question.known ? "Answers carry it" : undefined}
          className={classes.mono}
          value={question.name}
          readOnly={question.known}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <Checkbox
          className={classes.aligned}
          label="Must be answered"
          checked={question.required}
          onChange={(e) => change({ required: e.currentTarget.checked })}
        />
      </div>
      <OfItsType question={question} fields={fields} edit={edit} change={change} />
    </>
  );
}

type OfItsTypeProps = BodyProps & { change: (to: Partial<DraftQuestion>) => void };

function OfItsType({ question, fields, edit, change }: OfItsTypeProps) {
  switch (question.type) {
    case "label":
      return <OptionList question={question} edit={edit} />;
    case "multi_label":
      return (
        <>
          <OptionList question={question} edit={edit} />
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
  }
}

type PartProps = { question: DraftQuestion; change: (to: Partial<DraftQuestion>) => void };

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

function Compared({ question, fields, change }: PartProps & { fields: readonly DraftField[] }) {
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
