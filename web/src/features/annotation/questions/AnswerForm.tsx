/**
 * The questions of a record, one at a time: the one people are at is open, the others stand above as steps with their
 * answers. It decides nothing about sending: the page does.
 */
import { Button } from "@mantine/core";
import { Check } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { confirmed, firstMissing, inWords, isAnswered, nextOpen, shortTitle, withAnswer } from "../answers";
import type { Answers, AnswerValue, Question } from "../shapes";
import classes from "./AnswerForm.module.css";
import { ChoiceQuestion } from "./ChoiceQuestion";
import { PreferenceQuestion } from "./PreferenceQuestion";
import { RatingQuestion } from "./RatingQuestion";
import { TextQuestion } from "./TextQuestion";

type AnswerFormProps = {
  questions: readonly Question[];
  answers: Answers;
  /** The name of the open question. */
  at: string;
  swapped?: boolean;
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
  const { questions, answers, swapped = false, onChange, onSubmit, submitTitle = "Submit", bySelf = false } = props;
  const question = questions.find((one) => one.name === props.at) ?? questions[0];
  const [nudged, setNudged] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useFocusThatFollows(box, question?.name);
  if (!question) return null;

  const answer = (value: AnswerValue | undefined, settled: boolean) => {
    const next = withAnswer(answers, question.name, value);
    const at = settled ? nextOpen(questions, next, question.name) : question.name;
    setNudged(null);
    onChange(next, at);
    if (at !== question.name) props.onSay?.(`Next question: ${titleOf(questions, at)}`);
    if (settled && bySelf && !firstMissing(questions, next)) onSubmit(next);
  };

  const goOn = () => {
    const next = confirmed(question, answers);
    const missing = firstMissing(questions, next);
    if (!missing) return onSubmit(next);
    const at = nextOpen(questions, next, question.name);
    setNudged(at);
    onChange(next, at);
    props.onSay?.(`Still open: ${titleOf(questions, at)}`);
  };

  const move = (by: 1 | -1) => {
    const place = questions.indexOf(question) + by;
    const to = questions[(place + questions.length) % questions.length];
    if (to) onChange(answers, to.name);
  };

  const several = questions.length > 1;
  const missing = firstMissing(questions, confirmed(question, answers));
  const write = questions.find((one) => one.type === "text");
  return (
    <div className={classes.form} ref={box} data-brief={props.brief || undefined}>
      <FormKeys
        onEnter={goOn}
        submitTitle={submitTitle}
        onMove={several ? move : undefined}
        onWrite={write && several ? () => onChange(answers, write.name) : undefined}
      />
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
          />
        </div>
      </div>
      <div className={classes.foot}>
        <div className={classes.deeds}>{props.deeds}</div>
        <Button
          className={classes.submit}
          variant={missing ? "default" : "filled"}
          onClick={goOn}
          rightSection={<Key name="Enter" tone="quiet" />}
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

type StepsProps = {
  questions: readonly Question[];
  answers: Answers;
  at: string;
  swapped: boolean;
  onGo: (name: string) => void;
};

function Steps({ questions, answers, at, swapped, onGo }: StepsProps) {
  return (
    <ol className={classes.steps}>
      {questions.map((question) => {
        const answered = isAnswered(question, answers[question.name]);
        return (
          <li key={question.name}>
            <button
              type="button"
              className={classes.step}
              aria-current={question.name === at ? "step" : undefined}
              data-answered={answered || undefined}
              onClick={() => onGo(question.name)}
            >
              {answered && <Check size={13} strokeWidth={2.6} aria-hidden="true" />}
              <span className={classes.stepTitle}>{shortTitle(question.name)}</span>
              {answered && (
                <span className={classes.stepAnswer}>{inWords(question, answers[question.name], swapped)}</span>
              )}
              {!answered && !question.required && <span className={classes.stepAnswer}>optional</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

type WidgetProps = {
  question: Question;
  value: AnswerValue | undefined;
  onAnswer: (value: AnswerValue | undefined, settled: boolean) => void;
  swapped: boolean;
  brief: boolean;
};

function Widget({ question, ...rest }: WidgetProps) {
  switch (question.type) {
    case "label":
    case "multi_label":
      return <ChoiceQuestion question={question} {...rest} />;
    case "rating":
      return <RatingQuestion question={question} {...rest} />;
    case "text":
      return <TextQuestion question={question} {...rest} />;
    case "preference":
      return <PreferenceQuestion question={question} {...rest} />;
  }
}

/** When the open question changes while focus was inside, focus goes to the new title instead of getting lost. */
function useFocusThatFollows(box: React.RefObject<HTMLDivElement | null>, name: string | undefined): void {
  const inside = useRef(false);
  inside.current = box.current?.contains(document.activeElement) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of question is what moves focus
  useEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (inside.current && lost)
      box.current?.querySelector<HTMLElement>("#question-title")?.focus({ preventScroll: true });
  }, [name, box]);
}

function titleOf(questions: readonly Question[], name: string): string {
  return questions.find((question) => question.name === name)?.title ?? name;
}

function kindOf(question: Question): string {
  if (question.type === "multi_label") return question.max_choices ? `up to ${question.max_choices}` : "any that apply";
  return question.required ? "" : "optional";
}
