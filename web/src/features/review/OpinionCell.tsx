/** What one person said to one question; on the row at hand it can be adopted, whole or passage by passage. */
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import type { AnswerValue, Elsewhere } from "@/features/annotation";
import { originalsOf, rewriteOf } from "@/features/annotation/edit/rewrites";
import { WordDiff } from "@/features/annotation/edit/WordDiff";
import type { Question, QuestionOf } from "@/features/projects";
import type { Said } from "./comparison";
import { Note } from "./Note";
import classes from "./OpinionTable.module.css";

export type Texts = Readonly<Record<string, unknown>>;

type OpinionCellProps = {
  question: Question;
  said: readonly Said[];
  value: unknown;
  note: string | undefined;
  /** Whose opinion it is. */
  of: string;
  texts: Texts;
  onAdopt: ((value: AnswerValue) => void) | undefined;
  onAdd: ((span: Elsewhere["span"]) => void) | undefined;
};

export function OpinionCell({ question, said, value, note, of, texts, onAdopt, onAdd }: OpinionCellProps) {
  const isRewrite = question.type === "edit" && Array.isArray(value) && value.length > 0;
  return (
    <>
      {said.length === 0 && <span className={classes.quiet}>–</span>}
      {isRewrite ? (
        <Rewrites question={question} value={value} texts={texts} />
      ) : (
        said.map((one) => <OneThing key={one.text + (one.span?.start ?? "")} said={one} of={of} onAdd={onAdd} />)
      )}
      {note && <Note text={note} />}
      {onAdopt && value != null && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.adopt}
          onClick={() => onAdopt(value as AnswerValue)}
        >
          Adopt<span className="unseen"> the answer of {of}</span>
        </Button>
      )}
    </>
  );
}

type OneThingProps = { said: Said; of: string; onAdd: OpinionCellProps["onAdd"] };

function OneThing({ said: { text, shared, span }, of, onAdd }: OneThingProps) {
  return (
    <span className={classes.thing}>
      <span className={classes.said} data-differs={!shared || undefined}>
        {text}
        {span?.note && <Note text={span.note} />}
      </span>
      {span && onAdd && (
        <button type="button" className={classes.add} title="Add to your decision" onClick={() => onAdd(span)}>
          <Plus size={13} aria-hidden="true" />
          <span className="unseen">
            Add {text} of {of}
          </span>
        </button>
      )}
    </span>
  );
}

type Rewrite = { turn?: number; text: string };

function Rewrites({
  question,
  value,
  texts,
}: {
  question: QuestionOf<"edit">;
  value: readonly Rewrite[];
  texts: Texts;
}) {
  return originalsOf(question, texts).map((original) => {
    const part = rewriteOf(original, value);
    if (!part) return null;
    return (
      <div key={original.turn ?? "text"} className={classes.rewrite}>
        {original.turn !== undefined && <span className={classes.quiet}>Turn {original.turn + 1}</span>}
        <WordDiff before={original.text} after={part.text} />
      </div>
    );
  });
}
