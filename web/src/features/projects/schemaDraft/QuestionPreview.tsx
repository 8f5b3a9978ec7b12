/** The draft's questions as annotators will see them; they can be tried. */
import { useMemo, useState } from "react";
import { AnswerForm, type Answers } from "@/features/annotation";
import { type Draft, questionOf } from "./draft";
import classes from "./SchemaEditor.module.css";

type QuestionPreviewProps = { draft: Draft; openId: number | undefined; onOpen: (id: number) => void };

export function QuestionPreview({ draft, openId, onOpen }: QuestionPreviewProps) {
  const [answers, setAnswers] = useState<Answers>({});
  const shown = draft.questions.filter((question) => question.name && question.title);
  const questions = useMemo(() => shown.map(questionOf), [shown]);
  const at = (shown.find((question) => question.id === openId) ?? shown[0])?.name;
  if (!at) return <p className={classes.hint}>Questions appear here as annotators will see them.</p>;
  const onChange = (next: Answers, name: string) => {
    setAnswers(next);
    const question = shown.find((one) => one.name === name);
    if (question && name !== at) onOpen(question.id);
  };
  return (
    <>
      <p className={classes.previewTitle}>As annotators see it. Try it.</p>
      <AnswerForm
        key={questions.map((one) => `${one.name} ${one.type}`).join()}
        questions={questions}
        answers={answers}
        at={at}
        onChange={onChange}
        onSubmit={() => setAnswers({})}
        submitTitle="Clear"
      />
    </>
  );
}
