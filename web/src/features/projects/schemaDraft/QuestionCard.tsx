/** One question of the draft: closed a line, open everything that can be said about it. */
import { Checkbox, Collapse, Textarea, TextInput } from "@mantine/core";
import { ChevronRight } from "lucide-react";
import { Tag } from "@/ui/Tag";
import type { Question } from "../queries";
import type { DraftField, DraftQuestion } from "./draft";
import type { Edit } from "./edits";
import { FaultList } from "./FaultList";
import type { Fault } from "./faults";
import { OfItsType } from "./OfItsType";
import { Order, onMoveKeys } from "./Order";
import classes from "./SchemaEditor.module.css";
import { WhenAsked } from "./WhenAsked";

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
  /** The question in use that it comes from. */
  before: Question | undefined;
  fields: readonly DraftField[];
  /** The questions before this one, whose answers may decide whether it is asked. */
  earlier: readonly DraftQuestion[];
  faults: readonly Fault[];
  open: boolean;
  onOpen: () => void;
  edit: (edit: Edit) => void;
  first: boolean;
  last: boolean;
};

export function QuestionCard({
  question,
  before,
  fields,
  earlier,
  faults,
  open,
  onOpen,
  edit,
  first,
  last,
}: QuestionCardProps) {
  const called = question.title || question.name || "New question";
  return (
    <li className={classes.part} onKeyDown={onMoveKeys(question.id, edit)}>
      <div className={classes.head}>
        <button type="button" className={classes.opener} aria-expanded={open} onClick={onOpen}>
          <ChevronRight size={16} aria-hidden="true" />
          <span className={classes.called}>{called}</span>
          <Tag tone={faults.length > 0 && !open ? "bad" : "plain"}>
            {faults.length > 0 && !open ? `${TYPE_WORDS[question.type]}, incomplete` : TYPE_WORDS[question.type]}
          </Tag>
        </button>
        <div className={classes.order}>
          <Order id={question.id} name={called} edit={edit} first={first} last={last} />
        </div>
      </div>
      <Collapse expanded={open} transitionDuration={100}>
        <div className={classes.body}>
          {open && <QuestionBody question={question} before={before} fields={fields} earlier={earlier} edit={edit} />}
          <FaultList faults={faults} />
        </div>
      </Collapse>
    </li>
  );
}

type BodyProps = Pick<QuestionCardProps, "question" | "before" | "fields" | "earlier" | "edit">;

function QuestionBody({ question, before, fields, earlier, edit }: BodyProps) {
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
          description={question.known ? nameHelp(question) : undefined}
          className={classes.mono}
          value={question.name}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <div className={classes.aligned}>
          <Checkbox
            label="Must be answered"
            checked={question.required}
            onChange={(e) => change({ required: e.currentTarget.checked })}
          />
          <Checkbox
            label="May carry a note"
            checked={question.allow_note}
            onChange={(e) => change({ allow_note: e.currentTarget.checked })}
          />
        </div>
      </div>
      <OfItsType question={question} before={before} fields={fields} edit={edit} change={change} />
      <WhenAsked question={question} earlier={earlier} change={change} />
    </>
  );
}

function nameHelp({ was, name }: DraftQuestion): string {
  return was === name ? "Answers carry it; a new name is carried over" : `Was ${was}; answers are carried over`;
}
