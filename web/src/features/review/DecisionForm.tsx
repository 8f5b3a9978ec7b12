/** The expert's own answer, why, and what in the guideline says so. Ctrl+Enter decides and brings the next case. */
import { Button, CloseButton, Textarea } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { AnswerForm } from "@/features/annotation";
import { firstMissing, forSending } from "@/features/annotation/answers";
import { useActiveTime } from "@/features/annotation/queue/useActiveTime";
import type { Project } from "@/features/projects";
import { sectionsOf } from "@/features/projects/guidelineSections";
import { ago } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key, ProblemNote } from "@/ui";
import { type Case, useDecide, useSkipCase } from "./api/cases";
import classes from "./DecisionForm.module.css";
import { passageFor } from "./passage";
import type { LastDeed } from "./ReviewPage";
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
  const decide = useDecide(project.id);
  const skip = useSkipCase(project.id);
  const time = useActiveTime();
  const reason = useRef<HTMLTextAreaElement>(null);
  const { questions, fields } = project.schema;
  const record = useMemo(() => ({ fields, values: one.record.fields, orders: {} }), [fields, one]);
  const question = questions.find((each) => each.name === at);
  const passage = question && passageFor(question, sectionsOf(project.guideline.body));
  const missing = firstMissing(questions, draft.answers);
  const deed = { taskId: one.task_id, externalId: one.external_id };

  const submit = () => {
    if (decide.isPending) return;
    if (missing) return onAt(missing.name);
    if (!draft.reason.trim()) return reason.current?.focus();
    const { anchor } = draft;
    const answers = forSending(questions, draft.answers);
    const decision = { answers, reason: draft.reason, guideline_anchor: anchor, active_ms: time.read() };
    decide.mutate(
      { taskId: one.task_id, decision },
      {
        onSuccess: () => {
          draft.forget();
          onDone({ ...deed, deed: "decided", draft: { answers, reason: draft.reason, anchor } });
        },
      },
    );
  };
  const pass = () => {
    if (!skip.isPending) skip.mutate(one.task_id, { onSuccess: () => onDone({ ...deed, deed: "skipped" }) });
  };
  useKeys([
    { keys: "mod+Enter", title: "Decide, next case", group: "Review", whileTyping: true, run: submit },
    { keys: "a", title: "Write the reason", group: "Review", run: () => reason.current?.focus() },
    {
      keys: "c",
      title: "Cite the passage about this question",
      group: "Review",
      disabled: !passage,
      run: () => passage && draft.set({ anchor: passage.anchor === draft.anchor ? null : passage.anchor }),
    },
    { keys: "s", title: "Leave it to another expert", group: "Review", disabled: one.decision !== null, run: pass },
  ]);
  useEffect(() => {
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body)
      document.activeElement.blur();
  }, []);
  return (
    <div className={classes.form}>
      {one.decision && <Decided decision={one.decision} />}
      <AnswerForm
        questions={questions}
        answers={draft.answers}
        at={at}
        record={record}
        brief
        onChange={(answers, next) => {
          draft.set({ answers });
          onAt(next);
        }}
        onSubmit={(answers) => {
          draft.set({ answers });
          reason.current?.focus();
        }}
        submitTitle="Reason"
      />
      <div className={classes.why}>
        <Textarea
          ref={reason}
          label="Why"
          description="Annotators and auditors will read it"
          rightSection={<Key name="a" of="Review" tone="quiet" />}
          rightSectionProps={{ style: { alignItems: "flex-start", paddingTop: 8 } }}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={4000}
          required
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
        {decide.isError && <ProblemNote error={decide.error} />}
        {skip.isError && <ProblemNote error={skip.error} />}
      </div>
      <div className={classes.foot}>
        {!one.decision && (
          <Button
            variant="subtle"
            onClick={pass}
            loading={skip.isPending}
            rightSection={<Key name="s" of="Review" tone="quiet" />}
          >
            Skip
          </Button>
        )}
        <Button
          className={classes.decide}
          variant={missing || !draft.reason.trim() ? "default" : "filled"}
          loading={decide.isPending}
          onClick={submit}
          rightSection={<Key name="mod+Enter" of="Review" tone="quiet" />}
        >
          {one.decision ? "Decide again" : "Decide"}
        </Button>
      </div>
    </div>
  );
}

function Decided({ decision: { by, at, reason } }: { decision: NonNullable<Case["decision"]> }) {
  return (
    <p className={classes.decided}>
      {by.name} decided it {ago(at)}: {reason}
    </p>
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
