/**
 * The questions of a record, one at a time: the one people are at is open, the others stand above as steps with their
 * answers. It decides nothing about sending: the page does.
 */
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { confirmed, firstMissing, nextOpen, withAnswer } from "../answers";
import { askedOf } from "../conditions";
import type { Answers, AnswerValue, Notes, Question } from "../shapes";
import classes from "./AnswerForm.module.css";
import type { AskedRecord } from "./asked";
import { NoteLine } from "./NoteLine";
import { Steps } from "./Steps";
import { fetchAhead, Widget } from "./Widget";

const NO_RECORD: AskedRecord = { fields: [], values: {}, orders: {} };

type AnswerFormProps = {
  questions: readonly Question[];
  answers: Answers;
  /** The name of the open question. */
  at: string;
  swapped?: boolean;
  record?: AskedRecord;
  notes?: Notes;
  /** Without it questions take no notes. */
  onNotes?: (notes: Notes) => void;
  onChange: (answers: Answers, at: string) => void;
  onSubmit: (answers: Answers) => void;
  submitTitle?: string;
  /** Submits as soon as the last open question is answered. */
  bySelf?: boolean;
  /** Leaves out what explains questions and options, for people who know it by now. */
  brief?: boolean;
  /** Other deeds, at the left of the submit button. */
  deeds?: ReactNode;
  onSay?: (words: string) => void;
};

export function AnswerForm(props: AnswerFormProps) {
  const { answers, swapped = false, onChange, onSubmit, submitTitle = "Submit", bySelf = false } = props;
  const { record = NO_RECORD, notes = {}, onNotes } = props;
  const questions = askedOf(props.questions, answers);
  const question = questions.find((one) => one.name === props.at) ?? questions[0];
  const [nudged, setNudged] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useFocusThatFollows(box, question?.name);
  const [writing, setWriting] = useState(props.questions.length > 1 ? 0 : 1);
  useLayoutEffect(() => {
    if (writing) focusText(box.current);
  }, [writing]);
  useEffect(() => void fetchAhead(props.questions), [props.questions]);
  if (!question) return null;

  const answer = (value: AnswerValue | undefined, settled: boolean) => {
    const next = withAnswer(answers, question.name, value);
    const at = settled ? nextOpen(props.questions, next, question.name) : question.name;
    setNudged(null);
    onChange(next, at);
    if (at !== question.name) props.onSay?.(`Next question: ${titleOf(props.questions, at)}`);
    if (settled && bySelf && !firstMissing(props.questions, next)) onSubmit(next);
  };

  const goOn = () => {
    const next = confirmed(question, answers);
    if (!firstMissing(props.questions, next)) return onSubmit(next);
    const at = nextOpen(props.questions, next, question.name);
    setNudged(at);
    onChange(next, at);
    box.current?.parentElement?.scrollIntoView({ block: "nearest" });
    props.onSay?.(`Still open: ${titleOf(props.questions, at)}`);
  };

  const move = (by: 1 | -1) => {
    const place = questions.indexOf(question) + by;
    const to = questions[(place + questions.length) % questions.length];
    if (to) onChange(answers, to.name);
  };

  // The row of steps stays when questions come and go, so that nothing below it jumps.
  const several = props.questions.length > 1;
  const missing = firstMissing(props.questions, confirmed(question, answers));
  const text = questions.find((one) => one.type === "text");
  const write =
    text &&
    (() => {
      onChange(answers, text.name);
      setWriting((times) => times + 1);
    });
  return (
    <div className={classes.form} ref={box} data-brief={props.brief || undefined}>
      <FormKeys onEnter={goOn} submitTitle={submitTitle} onMove={several ? move : undefined} onWrite={write} />
      {several && (
        <Steps
          questions={questions}
          answers={answers}
          at={question.name}
          swapped={swapped}
          onGo={(name) => onChange(answers, name)}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as freely */}
      <div
        role="group"
        className={classes.question}
        aria-labelledby="question-title"
        data-nudged={nudged === question.name || undefined}
      >
        <h2 id="question-title" className={classes.title} tabIndex={-1}>
          {question.title}
          <span className={classes.kind}>{kindOf(question)}</span>
        </h2>
        {question.help && !props.brief && <p className={classes.help}>{question.help}</p>}
        <div className={classes.answer}>
          <Widget
            key={question.name}
            question={question}
            value={answers[question.name]}
            onAnswer={answer}
            swapped={swapped}
            brief={props.brief ?? false}
            record={record}
          />
        </div>
        {question.allow_note && onNotes && (
          <NoteLine
            key={question.name}
            note={notes[question.name] ?? ""}
            onNote={(note) => onNotes({ ...notes, [question.name]: note })}
          />
        )}
      </div>
      <div className={classes.foot}>
        <div className={classes.deeds}>{props.deeds}</div>
        <Button
          className={classes.submit}
          variant={missing ? "default" : "filled"}
          onClick={goOn}
          rightSection={<Key name="Enter" of="Record" tone="quiet" />}
          data-enter="pass"
        >
          {missing && missing !== question ? "Next question" : submitTitle}
        </Button>
      </div>
    </div>
  );
}

type FormKeysProps = {
  onEnter: () => void;
  submitTitle: string;
  onMove: ((by: 1 | -1) => void) | undefined;
  onWrite: (() => void) | undefined;
};

function FormKeys({ onEnter, submitTitle, onMove, onWrite }: FormKeysProps) {
  useKeys([
    { keys: "Enter", title: `${submitTitle}, next record`, group: "Record", run: onEnter },
    { keys: "mod+Enter", title: `${submitTitle} while writing`, group: "Record", whileTyping: true, run: onEnter },
    { keys: "j", title: "Next question", group: "Questions", disabled: !onMove, run: () => onMove?.(1) },
    { keys: "k", title: "Question before", group: "Questions", disabled: !onMove, run: () => onMove?.(-1) },
    { keys: "w", title: "Write the text answer", group: "Questions", disabled: !onWrite, run: () => onWrite?.() },
  ]);
  return null;
}

/** Into the text that answers, behind what stands there. */
function focusText(box: HTMLElement | null) {
  const area = box?.querySelector<HTMLTextAreaElement>("textarea[data-text-answer]");
  area?.focus({ preventScroll: true });
  area?.setSelectionRange(area.value.length, area.value.length);
}

/** When the open question changes while focus was inside, focus goes to the new title instead of getting lost. */
function useFocusThatFollows(box: React.RefObject<HTMLDivElement | null>, name: string | undefined): void {
  const inside = useRef(false);
  inside.current = box.current?.contains(document.activeElement) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of question is what moves focus
  useLayoutEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (inside.current && lost)
      box.current?.querySelector<HTMLElement>("#question-title")?.focus({ preventScroll: true });
  }, [name, box]);
}

function titleOf(questions: readonly Question[], name: string): string {
  return questions.find((question) => question.name === name)?.title ?? name;
}

function kindOf(question: Question): string {
  if (question.type === "span" && question.min_spans) return `at least ${question.min_spans}`;
  if (question.type === "multi_label") return question.max_choices ? `up to ${question.max_choices}` : "any that apply";
  return question.required ? "" : "optional";
}
