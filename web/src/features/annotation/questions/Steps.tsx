/** The questions as steps above the open one, each with its answer. */
import { Check } from "lucide-react";
import { inWords, isAnswered, shortTitle } from "../answers";
import type { Answers, Question } from "../shapes";
import classes from "./AnswerForm.module.css";

type StepsProps = {
  questions: readonly Question[];
  answers: Answers;
  at: string;
  swapped: boolean;
  onGo: (name: string) => void;
};

export function Steps({ questions, answers, at, swapped, onGo }: StepsProps) {
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
