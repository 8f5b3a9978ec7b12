import { useLayoutEffect, useRef } from "react";
import { Key } from "@/ui";
import type { Asked } from "./asked";
import { leave } from "./leave";
import classes from "./TextQuestion.module.css";

export function TextQuestion({ question, value, onAnswer }: Asked<"text">) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = typeof value === "string" ? value : "";
  const left = question.max_length - text.length;
  // A text that is there already is passed by with the keys that move between questions; W goes into it.
  useLayoutEffect(() => {
    if (!area.current?.value) area.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes.answer}>
      <textarea
        ref={area}
        data-text-answer
        data-answer-box
        className={classes.area}
        aria-label={question.title}
        rows={3}
        maxLength={question.max_length}
        value={text}
        onChange={(e) => onAnswer(e.currentTarget.value || undefined, false)}
        onKeyDown={(e) => e.key === "Escape" && leave(e.currentTarget)}
      />
      <p className={classes.hint}>
        <span className={classes.keys}>
          <Key name="mod+Enter" of="Record" tone="quiet" /> submits, <Key name="Escape" tone="quiet" /> leaves the text
        </span>
        {left < question.max_length / 5 && <span role="status">{left} characters left</span>}
      </p>
    </div>
  );
}
