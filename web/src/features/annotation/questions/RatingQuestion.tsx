import { useMemo } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { ratingKeys } from "../answerKeys";
import type { Asked } from "./asked";
import classes from "./RatingQuestion.module.css";

export function RatingQuestion({ question, value, onAnswer }: Asked<"rating">) {
  const { min, max } = question;
  const keys = useMemo(() => ratingKeys({ min, max }), [min, max]);
  const steps = Array.from({ length: max - min + 1 }, (_, at) => min + at);
  const choose = (step: number) => {
    const takeBack = !question.required && value === step;
    onAnswer(takeBack ? undefined : step, !takeBack);
  };
  useKeys(
    steps.flatMap((step) => {
      const name = keys.get(step);
      return name ? [{ keys: name, title: titleOf(step, question), group: "Answers", run: () => choose(step) }] : [];
    }),
  );
  return (
    <div className={classes.rating}>
      <div
        className={classes.steps}
        data-many={steps.length > 10 || undefined}
        data-wraps={(steps.length > 6 && steps.length <= 10) || undefined}
      >
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            className={classes.step}
            aria-pressed={value === step}
            aria-keyshortcuts={keys.get(step)}
            aria-label={titleOf(step, question)}
            data-enter={value === step ? "pass" : undefined}
            onClick={() => choose(step)}
          >
            {keys.get(step) !== String(step) && <Key name={keys.get(step) ?? ""} tone="quiet" />}
            <span>{String(step).replace("-", "−")}</span>
          </button>
        ))}
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span>{question.low_title}</span>
        <span>{question.high_title}</span>
      </div>
    </div>
  );
}

function titleOf(step: number, { min, max, low_title, high_title }: Asked<"rating">["question"]): string {
  if (step === min && low_title) return `${step}, ${low_title}`;
  if (step === max && high_title) return `${step}, ${high_title}`;
  return String(step);
}
