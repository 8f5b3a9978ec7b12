/** Give what the filter shows another answer to one question: seen before it is done, and Undo follows it. */
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Replace } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { count, day, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { isMoving } from "./api/courses";
import { type RelabelPreview, relabelPreviewQuery, useRelabel } from "./api/relabellings";
import { CourseJob } from "./CourseJob";
import classes from "./DeleteRecords.module.css";
import { leftInWords } from "./jobWords";
import type { RecordFilter } from "./recordFilter";
import { type Changeable, changeableOf, changeOf, type Draft, draftOf, valueInWords, valuesOf } from "./relabel";

type RelabelProps = { project: Project; filter: RecordFilter; anyShown: boolean };

export function Relabel({ project, filter, anyShown }: RelabelProps) {
  const [opened, setOpened] = useState(false);
  const questions = changeableOf(project.schema.questions);
  const close = () => setOpened(false);
  if (questions.length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Replace size={16} />}
        disabled={!anyShown}
        onClick={() => setOpened(true)}
      >
        Re-label
      </Button>
      <Modal opened={opened} onClose={close} title="Re-label records" size="lg">
        {opened && <Asking project={project} questions={questions} filter={filter} onClose={close} />}
      </Modal>
    </>
  );
}

type AskingProps = { project: Project; questions: Changeable[]; filter: RecordFilter; onClose: () => void };

function Asking({ project, questions, filter, onClose }: AskingProps) {
  const [draft, setDraft] = useState(() => draftOf(questions, filter.answer));
  const [reason, setReason] = useState("");
  const question = questions.find(({ name }) => name === draft.question);
  const change = changeOf(question, draft);
  const which = { filter };
  const preview = useQuery({
    ...relabelPreviewQuery(project.id, { which, change: change ?? { question: draft.question } }),
    enabled: change !== undefined,
  });
  const relabel = useRelabel(project.id);
  const seen = change && preview.data;
  const n = seen?.count ?? 0;
  const may = n > 0 && reason.trim() !== "" && !preview.isPlaceholderData;
  const jobId = relabel.data?.course?.job_id;
  if (jobId) return <CourseJob projectId={project.id} jobId={jobId} onClose={onClose} />;
  return (
    <form
      className={classes.asking}
      onSubmit={(event) => {
        event.preventDefault();
        if (may && change)
          relabel.mutate(
            { which, change, reason: reason.trim(), expected: n },
            { onSuccess: ({ course }) => !isMoving(course) && onClose() },
          );
      }}
    >
      {question && <What questions={questions} question={question} draft={draft} onChange={setDraft} />}
      <TextInput
        label="Why"
        description="The reason of every decision, which the annotators read. Kept for good: name nobody."
        placeholder="A topic of its own since guideline 4"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div role="status">
        {!change && <p className={classes.quiet}>Choose what changes, to see which records that touches.</p>}
        {change && preview.isPending && <Loading what="Looking" />}
        {question && seen && <Touched question={question} preview={seen} />}
      </div>
      {change && preview.isError && <ProblemNote error={preview.error} />}
      {relabel.isError && <ProblemNote error={relabel.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!may} loading={relabel.isPending}>
          Re-label {plural(n, "record")}
        </Button>
      </Group>
    </form>
  );
}

type WhatProps = { questions: Changeable[]; question: Changeable; draft: Draft; onChange: (draft: Draft) => void };

function What({ questions, question, draft, onChange }: WhatProps) {
  const several = question.type === "multi_label";
  const values = valuesOf(question);
  return (
    <div className={classes.change}>
      <Choice
        titled
        label="Question"
        options={questions.map(({ name, title }) => ({ value: name, label: title }))}
        value={question.name}
        onChange={(name) => onChange({ question: name, old: "", new: "" })}
      />
      <Choice
        titled
        label="From"
        options={[{ value: "", label: several ? "Nothing: add a label" : "Any answer" }, ...values]}
        value={draft.old}
        onChange={(old) => onChange({ ...draft, old })}
      />
      <Choice
        titled
        label="To"
        options={[{ value: "", label: several && draft.old ? "Nothing: drop the label" : "Choose" }, ...values]}
        value={draft.new}
        onChange={(value) => onChange({ ...draft, new: value })}
      />
    </div>
  );
}

function Touched({ question, preview }: { question: Changeable; preview: RelabelPreview }) {
  const left = leftInWords(preview.left);
  const more = preview.count - preview.examples.length;
  return (
    <>
      <p>
        {preview.count === 0 ? (
          "No accepted answer would change."
        ) : (
          <>
            <strong>{plural(preview.count, "accepted answer")}</strong> will change, each a decision of yours, without a
            look at each. Until {day(preview.undo_until)} that can be taken back.
          </>
        )}
        {left.length > 0 && ` Left alone: ${left.join(", ")}.`}
      </p>
      <ul className={classes.examples}>
        {preview.examples.map((one) => (
          <li key={one.record_id}>
            <strong>{one.external_id}</strong> {valueInWords(question, one.before)} →{" "}
            {valueInWords(question, one.after)} <span className={classes.quiet}>{one.excerpt}</span>
          </li>
        ))}
        {more > 0 && <li className={classes.quiet}>and {count(more)} more</li>}
      </ul>
    </>
  );
}
