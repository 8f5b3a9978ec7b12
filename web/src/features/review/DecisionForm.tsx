/** The answer as it stands or as the expert has it, why, and what in the guideline says so; then the next case. */
import { Button, CloseButton, Textarea } from "@mantine/core";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { AnswerForm } from "@/features/annotation";
import { firstMissing } from "@/features/annotation/answers";
import { useActiveTime } from "@/features/annotation/queue/useActiveTime";
import type { Project } from "@/features/projects";
import { Cites, Citing } from "@/features/projects/Citing";
import { sectionsOf } from "@/features/projects/guidelineSections";
import { ago } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key, ProblemNote } from "@/ui";
import type { Case } from "./api/cases";
import classes from "./DecisionForm.module.css";
import { MakeEdgeCase } from "./MakeEdgeCase";
import { passageFor } from "./passage";
import { SendBackForm } from "./SendBackForm";
import { type LastDeed, useCaseDeeds } from "./useCaseDeeds";
import type { DecisionDraft } from "./useDecisionDraft";

type DecisionFormProps = {
  project: Project;
  one: Case;
  draft: DecisionDraft;
  at: string;
  onAt: (name: string) => void;
  onDone: (deed: LastDeed) => void;
};

export function DecisionForm({ project, one, draft, at, onAt, onDone }: DecisionFormProps) {
  const time = useActiveTime();
  const deeds = useCaseDeeds(project, one, draft, time, onDone);
  const [back, setBack] = useState(false);
  const reason = useRef<HTMLTextAreaElement>(null);
  const { questions, fields } = project.schema;
  const record = useMemo(() => ({ fields, values: one.record.fields, orders: {} }), [fields, one]);
  const question = questions.find((each) => each.name === at);
  const passage = question && passageFor(question, sectionsOf(project.guideline.body));
  const missing = firstMissing(questions, draft.answers);
  const returnable = one.decision === null && one.state === "open" && one.opinion_list.length + one.flags.length > 0;

  const submit = () => {
    if (deeds.stands && !draft.reason.trim()) return deeds.accept();
    if (missing) return onAt(missing.name);
    if (!draft.reason.trim()) return reason.current?.focus();
    deeds.decide();
  };
  useKeys([
    {
      keys: "mod+Enter",
      title: deeds.stands ? "Accept, next case" : "Decide, next case",
      group: "Review",
      whileTyping: true,
      disabled: back,
      run: submit,
    },
    { keys: "y", title: "Accept the answer", group: "Review", disabled: back || !deeds.stands, run: deeds.accept },
    { keys: "x", title: "Send it back", group: "Review", disabled: back || !returnable, run: () => setBack(true) },
    { keys: "a", title: "Write the reason", group: "Review", disabled: back, run: () => reason.current?.focus() },
    {
      keys: "c",
      title: "Cite the passage about this question",
      group: "Review",
      disabled: !passage,
      run: () => passage && draft.set({ anchor: passage.anchor === draft.anchor ? null : passage.anchor }),
    },
    {
      keys: "s",
      title: "Leave it to another expert",
      group: "Review",
      disabled: back || one.decision !== null,
      run: deeds.skip,
    },
  ]);
  useLayoutEffect(() => {
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body)
      document.activeElement.blur();
  }, []);
  const problems = deeds.errors.map((error) => <ProblemNote key={error.message} error={error} />);
  if (back)
    return (
      <div className={classes.form}>
        <SendBackForm one={one} busy={deeds.busy} onSend={deeds.sendBack} onCancel={() => setBack(false)} />
        {problems}
      </div>
    );
  return (
    <div className={classes.form}>
      {one.decision && <Decided project={project} taskId={one.task_id} decision={one.decision} />}
      {one.state === "returned" && (
        <p className={classes.decided}>
          It was sent back. It comes again when it has been answered; the key for undo takes it back.
        </p>
      )}
      <AnswerForm
        questions={questions}
        answers={draft.answers}
        at={at}
        record={record}
        notes={draft.notes}
        onNotes={(notes) => draft.set({ notes })}
        brief
        onChange={(answers, next) => {
          draft.set({ answers });
          onAt(next);
        }}
        onSubmit={(answers) => {
          draft.set({ answers });
          if (deeds.stands) deeds.accept();
          else reason.current?.focus();
        }}
        submitTitle={deeds.stands ? "Accept" : "Reason"}
      />
      <div className={classes.why}>
        <Textarea
          ref={reason}
          label="Why"
          description={deeds.stands ? "Needed only if you change the answer" : "Annotators and auditors will read it"}
          rightSection={<Key name="a" of="Review" tone="quiet" />}
          rightSectionProps={{ style: { alignItems: "flex-start", paddingTop: 8 } }}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={4000}
          required={!deeds.stands}
          withAsterisk={false}
          value={draft.reason}
          onChange={(e) => draft.set({ reason: e.currentTarget.value })}
          onKeyDown={(e) => e.key === "Escape" && e.currentTarget.blur()}
        />
        <Cited
          project={project}
          anchor={draft.anchor}
          hasKey={passage !== undefined}
          onClear={() => draft.set({ anchor: null })}
        />
        {problems}
      </div>
      <div className={classes.foot}>
        {!one.decision && (
          <Button variant="subtle" onClick={deeds.skip} rightSection={<Key name="s" of="Review" tone="quiet" />}>
            Skip
          </Button>
        )}
        {returnable && (
          <Button
            variant="subtle"
            onClick={() => setBack(true)}
            rightSection={<Key name="x" of="Review" tone="quiet" />}
          >
            Send back
          </Button>
        )}
        <Button
          className={classes.decide}
          variant={!deeds.stands && (missing || !draft.reason.trim()) ? "default" : "filled"}
          loading={deeds.busy}
          onClick={submit}
          rightSection={<Key name={deeds.stands ? "y" : "mod+Enter"} of="Review" tone="quiet" />}
        >
          {wordFor(one, deeds.stands)}
        </Button>
      </div>
    </div>
  );
}

function wordFor(one: Case, stands: boolean): string {
  if (stands) return "Accept";
  if (one.decision) return "Decide again";
  return one.proposed ? "Fix" : "Decide";
}

type DecidedProps = { project: Project; taskId: number; decision: NonNullable<Case["decision"]> };

function Decided({ project, taskId, decision: { by, at, reason, verdict, ...cited } }: DecidedProps) {
  return (
    <div className={classes.decided}>
      {by.name} {verdict ?? "decided"} it {ago(at)}
      {reason && (
        <>
          : <Citing project={project} text={reason} />
        </>
      )}{" "}
      {cited.guideline_anchor && (
        <Cites project={project} anchor={cited.guideline_anchor} title={cited.guideline_title ?? null} />
      )}
      <MakeEdgeCase project={project} taskId={taskId} />
    </div>
  );
}

type CitedProps = { project: Project; anchor: string | null; hasKey: boolean; onClear: () => void };

function Cited({ project, anchor, hasKey, onClear }: CitedProps) {
  const section = sectionsOf(project.guideline.body).find((one) => one.anchor === anchor);
  if (!anchor)
    return (
      <p className={classes.hint}>
        {hasKey && (
          <>
            <Key name="c" of="Review" tone="quiet" /> cites the passage about this question.{" "}
          </>
        )}
        Each passage of the guideline has a button that cites it.
      </p>
    );
  return (
    <p className={classes.cited}>
      Cites “{section?.title ?? anchor}”
      <CloseButton size="sm" aria-label="Cite nothing" onClick={onClear} />
    </p>
  );
}
