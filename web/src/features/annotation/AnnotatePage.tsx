/** The heart: one record, its questions, the next one already there. This file wires; the queue and the form decide. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useMe } from "@/features/accounts";
import { type Project, useProject } from "@/features/projects";
import { isSideBySide, ProjectImages, RecordView } from "@/features/records";
import { offersUndo } from "@/lib/deeds";
import { useKeys } from "@/lib/keys";
import { useKept } from "@/lib/useKept";
import { Loading, ProblemNote } from "@/ui";
import classes from "./AnnotatePage.module.css";
import { Deeds } from "./Deeds";
import { Finished } from "./Finished";
import { FlagForm } from "./FlagForm";
import { Notices } from "./Notices";
import { AnswerForm } from "./questions/AnswerForm";
import type { AskedRecord } from "./questions/asked";
import { fetchedPart } from "./questions/fetchedPart";
import { fetchAhead } from "./questions/Widget";
import { type QueueAtHand, useQueue } from "./queue/useQueue";
import type { RailTab } from "./Rail";
import { isOn, type Settings, useSettings } from "./settings";
import { Marking } from "./spans/marking";
import { TopLine } from "./TopLine";
import { useAnswerSteps } from "./useAnswerSteps";
import { useNews } from "./useNews";

const WhatChanged = lazy(() => import("@/features/projects/whatChanged/WhatChanged"));
/** Fetched after the first record is drawn, so that it opens at once, and without a network too. */
const { Part: Rail, fetch: fetchRail } = fetchedPart(() => import("./Rail"));

export function AnnotatePage() {
  const { projectId } = useParams({ from: "/inside/projects/$projectId/annotate" });
  const me = useMe();
  const project = useProject(projectId);
  const queue = useQueue(project, me.person.id);
  const [rail, setRail] = useKept<RailTab | "">("annotate:rail", "");
  const settings = useSettings();
  const [said, say] = useState("");
  const show = useCallback((tab: RailTab) => setRail(rail === tab ? "" : tab), [rail, setRail]);
  const [writing, setWriting] = useState(0);
  useAskedFor(queue, setRail);
  useEffect(() => void fetchAhead(project.schema.questions), [project]);
  const isAtWork = queue.work !== undefined;
  useEffect(() => {
    if (isAtWork) void fetchRail().catch(() => undefined);
  }, [isAtWork]);

  useKeys([
    { keys: "g", title: "Guideline", group: "Beside", run: () => show("guideline") },
    { keys: "c", title: "Comments", group: "Beside", run: () => show("comments") },
    {
      keys: "m",
      title: "Write a comment",
      group: "Comments",
      disabled: rail === "comments",
      run: () => {
        setRail("comments");
        setWriting((times) => times + 1);
      },
    },
    { keys: "h", title: "History", group: "Beside", run: () => show("history") },
    { keys: "l", title: "Feedback of reviewers", group: "Beside", run: () => show("feedback") },
    ...settings.map((setting) => ({
      keys: setting.keyName,
      title: setting.title,
      group: "Settings",
      run: () => {
        setting.set(!setting.on);
        say(`${setting.title}: ${setting.on ? "off" : "on"}`);
      },
    })),
  ]);

  return (
    <div className={classes.screen} data-rail={rail ? "open" : undefined}>
      <TopLine
        title={project.name}
        which={queue.work?.item.record.external_id}
        projectId={projectId}
        recordId={queue.work?.item.record.id}
        due={queue.work?.item.due_at}
        progress={queue.progress}
        rail={rail}
        onRail={show}
        settings={settings}
      />
      <div className={classes.work}>
        <Notices queue={queue} />
        <Middle project={project} queue={queue} settings={settings} onSay={say} />
      </div>
      <Suspense>
        {rail && <Rail tab={rail} project={project} queue={queue} writing={writing} onTab={setRail} />}
      </Suspense>
      <p className="unseen" role="status" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

/** A link may name a task of mine, and a thread in it or what reviewers say of it: that record comes first, once. */
function useAskedFor(queue: QueueAtHand, onBeside: (tab: RailTab) => void): void {
  const { task, thread, beside }: { task?: number; thread?: number; beside?: RailTab } = useSearch({ strict: false });
  const navigate = useNavigate();
  const ready = queue.work !== undefined || queue.finished;
  const latest = useRef({ queue, onBeside });
  latest.current = { queue, onBeside };
  useEffect(() => {
    if (!task || !ready) return;
    if (latest.current.queue.work?.item.task_id !== task) void latest.current.queue.open(task).catch(() => undefined);
    const tab = thread ? "comments" : beside;
    if (tab) latest.current.onBeside(tab);
    void navigate({ to: ".", search: {} as never, replace: true });
  }, [task, thread, beside, ready, navigate]);
}

type MiddleProps = { project: Project; queue: QueueAtHand; settings: Settings; onSay: (words: string) => void };

function Middle({ project, queue, settings, onSay }: MiddleProps) {
  const news = useNews(project, queue);
  if (news.waiting) return <Loading what="Looking for what changed" />;
  if (queue.work && news.told)
    return (
      <Suspense fallback={<Loading />}>
        <WhatChanged project={project} news={news.told} onRead={news.read} />
      </Suspense>
    );
  if (queue.work) return <AtWork key={queue.turn} {...{ project, queue, settings, onSay }} work={queue.work} />;
  if (queue.trouble) return <ProblemNote error={queue.trouble} onRetry={queue.lookAgain} />;
  if (queue.finished) return <Finished queue={queue} />;
  return <Loading what="Fetching records" />;
}

type AtWorkProps = MiddleProps & { work: NonNullable<QueueAtHand["work"]> };

function AtWork({ project, queue, work, settings, onSay }: AtWorkProps) {
  const [flagging, setFlagging] = useState(false);
  const { item, schema, answers, notes, at } = work;
  const { swapped, orders } = item.presentation;
  const steps = useAnswerSteps(answers, at, queue.answer);
  const record = useMemo<AskedRecord>(
    () => ({ fields: schema.fields, values: item.record.fields, orders }),
    [schema, item, orders],
  );
  const again = work.visit === "again";
  const top = useRecordTop(onSay, again);
  const cancel = () => {
    setFlagging(false);
    top.current?.focus({ preventScroll: true });
  };

  useKeys([
    { keys: "s", title: "Skip", group: "Record", disabled: again, run: queue.skip },
    { keys: "f", title: "Flag a problem", group: "Record", disabled: again, run: () => setFlagging(true) },
    {
      keys: "mod+z",
      title: steps.undo ? "Undo in this record" : "Undo: back to the record before",
      group: "Record",
      disabled: !steps.undo && !queue.canUndo,
      whileTyping: true,
      when: mayUndo,
      run: () => (steps.undo ?? queue.undo)(),
    },
    {
      keys: ["mod+shift+z", "mod+y"],
      title: "Redo in this record",
      group: "Record",
      disabled: !steps.redo,
      whileTyping: true,
      when: mayUndo,
      run: () => steps.redo?.(),
    },
    { keys: "Escape", title: "Leave it as it was", group: "Record", disabled: !again, run: queue.putAside },
  ]);

  const wide = isSideBySide(schema) || undefined;
  return (
    <Marking questions={schema.questions} answers={answers} at={at}>
      <article ref={top} className={classes.record} data-wide={wide} tabIndex={0} aria-label="Record">
        {again && <p className={classes.again}>You are revising an answer you gave before. Esc leaves it as it was.</p>}
        {item.state === "open" && item.reason && (
          <p className={classes.sentBack}>
            <b>A reviewer sent this back:</b> {item.reason}
          </p>
        )}
        <ProjectImages project={project} of={`tasks/${item.task_id}`}>
          <RecordView schema={schema} fields={item.record.fields} swapped={swapped} orders={orders} />
        </ProjectImages>
        {item.record.metadata && <Metadata metadata={item.record.metadata} />}
      </article>
      <section className={classes.dock} data-wide={wide} data-over-text aria-label="Your answer">
        {flagging ? (
          <FlagForm onCancel={cancel} onFlag={queue.flag} />
        ) : (
          <AnswerForm
            questions={schema.questions}
            answers={answers}
            at={at}
            swapped={swapped}
            record={record}
            notes={notes}
            onNotes={queue.note}
            onChange={steps.change}
            onSubmit={queue.submit}
            submitTitle={again ? "Submit revision" : "Submit"}
            bySelf={isOn(settings, "by-self")}
            brief={isOn(settings, "brief")}
            onSay={onSay}
            deeds={<Deeds queue={queue} again={again} undoStep={steps.undo} onFlag={() => setFlagging(true)} />}
          />
        )}
      </section>
    </Marking>
  );
}

/** What the note on screen offers goes first. In a box with something in it the browser undoes letters; in one that waits for an answer there is nothing of its own. */
function mayUndo(): boolean {
  if (offersUndo()) return false;
  const box = document.activeElement;
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return true;
  return box.value === "" && box.matches("[data-answer-box]");
}

function Metadata({ metadata }: { metadata: Record<string, unknown> }) {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return null;
  return (
    <dl className={classes.metadata}>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key.replaceAll("_", " ")}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A new record begins at its top, has the focus as it is drawn (later it would take it from who moved on), and is announced. */
function useRecordTop(onSay: (words: string) => void, again: boolean) {
  const top = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const typing = document.activeElement?.matches("textarea, input");
    if (!typing) top.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    onSay(again ? "Record with your earlier answer" : "New record");
  }, [onSay, again]);
  return top;
}
