/** The draft's questions as annotators will see them; they can be tried. */
import { useMemo, useState } from "react";
import { AnswerForm, type Answers, Marking, type Notes } from "@/features/annotation";
import { RecordView } from "@/features/records";
import type { Question, Schema } from "../queries";
import { contentOf, type Draft, questionOf } from "./draft";
import classes from "./SchemaEditor.module.css";
import { sampleOf } from "./sample";

type QuestionPreviewProps = { draft: Draft; openId: number | undefined; onOpen: (id: number) => void };

export function QuestionPreview({ draft, openId, onOpen }: QuestionPreviewProps) {
  const [answers, setAnswers] = useState<Answers>({});
  const [notes, setNotes] = useState<Notes>({});
  const shown = draft.questions.filter((question) => question.name && question.title);
  const questions = useMemo(() => shown.map(questionOf), [shown]);
  const { fields } = useMemo(() => contentOf(draft), [draft]);
  const values = useMemo(() => sampleOf(fields), [fields]);
  const record = useMemo(() => ({ fields, values, orders: {} }), [fields, values]);
  const at = (shown.find((question) => question.id === openId) ?? shown[0])?.name;
  if (!at) return <p className={classes.hint}>Questions appear here as annotators will see them.</p>;
  const onChange = (next: Answers, name: string) => {
    setAnswers(next);
    const question = shown.find((one) => one.name === name);
    if (question && name !== at) onOpen(question.id);
  };
  return (
    <Marking questions={questions} answers={answers} at={at}>
      <p className={classes.previewTitle}>As annotators see it. Try it.</p>
      {questions.some(pointsIntoRecord) && (
        <div className={classes.sample}>
          <RecordView schema={{ fields, questions } as unknown as Schema} fields={values} />
        </div>
      )}
      <AnswerForm
        key={questions.map((one) => `${one.name} ${one.type}`).join()}
        questions={questions}
        answers={answers}
        at={at}
        record={record}
        notes={notes}
        onNotes={setNotes}
        onChange={onChange}
        onSubmit={() => {
          setAnswers({});
          setNotes({});
        }}
        submitTitle="Clear"
      />
    </Marking>
  );
}

function pointsIntoRecord(question: Question): boolean {
  return question.type === "span" || question.type === "edit" || question.type === "ranking";
}
