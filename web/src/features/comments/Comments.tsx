/** What was said about a record, and a place to say more: on the record, on one question, on a selected passage. */
import { Button, CloseButton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { can, type Project } from "@/features/projects";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key, Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { type NewAbout, type Spot, type Thread, threadsQuery, useOpenThread } from "./api/threads";
import classes from "./Comments.module.css";
import { Composer } from "./Composer";
import { ThreadCard } from "./ThreadCard";
import { useSelectedPassage } from "./useSelectedPassage";
import { useWriting } from "./useWriting";

type CommentsProps = {
  project: Project;
  recordId: number;
  /** The record's content, so that a selected passage is found in it. */
  values: Readonly<Record<string, unknown>>;
  /** Whose answers can be spoken of, by the names they have here. */
  annotators?: readonly string[];
  /** With the eyes of an annotator, for who is judging now. */
  asAnnotator?: boolean;
  /** Grows when somebody asked for writing by a key from outside. */
  writing?: number;
  onAnchor?: (anchor: string) => void;
};

export default function Comments(props: CommentsProps) {
  const { project, recordId, asAnnotator = false, onAnchor } = props;
  const spot: Spot = { projectId: project.id, recordId, asAnnotator };
  const mayWrite = can(project.my_role, "annotate") && !project.archived_at;
  const toGuideline = (anchor: string) =>
    void window.open(`/projects/${project.id}/guideline#guideline-${encodeURIComponent(anchor)}`, "_blank", "noopener");
  return (
    <div className={classes.comments}>
      {mayWrite && <NewThread key={recordId} {...props} spot={spot} />}
      <Threads
        key={`${recordId} threads`}
        project={project}
        spot={spot}
        mayWrite={mayWrite}
        onAnchor={onAnchor ?? toGuideline}
      />
    </div>
  );
}

type ThreadsProps = { project: Project; spot: Spot; mayWrite: boolean; onAnchor: (anchor: string) => void };

function Threads({ project, spot, mayWrite, onAnchor }: ThreadsProps) {
  const found = useInfiniteQuery(threadsQuery(spot));
  if (found.isPending) return <Loading what="Fetching comments" />;
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  const all = found.data.pages.flatMap((page) => page.items);
  const open = all.filter((one) => !one.resolved);
  const resolved = all.filter((one) => one.resolved);
  const card = (thread: Thread) => (
    <ThreadCard key={thread.id} spot={spot} project={project} thread={thread} mayWrite={mayWrite} onAnchor={onAnchor} />
  );
  return (
    <>
      {all.length === 0 && <Nothing blind={project.policy.blind && project.my_role === "annotator"} />}
      {open.map(card)}
      {resolved.length > 0 && (
        <details className={classes.ended} open={resolved.some((one) => isLinked(one)) || undefined}>
          <summary>{plural(resolved.length, "resolved thread")}</summary>
          {resolved.map(card)}
        </details>
      )}
      {found.hasNextPage && (
        <Button variant="default" size="xs" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          Show earlier threads
        </Button>
      )}
    </>
  );
}

function Nothing({ blind }: { blind: boolean }) {
  return (
    <p className={classes.nothing}>
      Nothing was said yet. Ask about what is unclear, or select a passage and write about it.
      {blind && " Reviewers and leads read what you write; other annotators do not."}
    </p>
  );
}

function isLinked(thread: Thread): boolean {
  return window.location.hash === `#thread-${thread.id}`;
}

const RECORD = "record";

function NewThread({ project, spot, values, annotators = [], writing = 0 }: CommentsProps & { spot: Spot }) {
  const { fields, questions } = project.schema;
  const [text, setText] = useWriting(`record:${spot.projectId}:${spot.recordId}`);
  const [on, setOn] = useState(RECORD);
  const [whose, setWhose] = useState("");
  const [passage, setPassage] = useSelectedPassage(fields, values);
  const field = useRef<HTMLTextAreaElement>(null);
  const open = useOpenThread(spot);
  const write = () => field.current?.focus();
  useKeys([{ keys: "m", title: "Write a comment", group: "Comments", run: write }]);
  useLayoutEffect(() => {
    if (writing > 0) field.current?.focus();
  }, [writing]);

  const isPassage = passage !== null && on === RECORD;
  const about: NewAbout = isPassage
    ? passage.about
    : on === RECORD
      ? { place: "record" }
      : { place: "answer", question: on, ...(whose ? { annotator: whose } : {}) };
  const send = async (body: string) => {
    await open.mutateAsync({ body, about });
    setText("");
    setPassage(null);
    setOn(RECORD);
  };
  const places = [
    { value: RECORD, label: "On the record" },
    ...questions.map((one) => ({ value: one.name, label: `On: ${one.title}` })),
  ];
  return (
    <Composer
      spot={spot}
      label="Write a comment"
      text={text}
      onText={setText}
      onSend={send}
      sendTitle="Comment"
      field={field}
    >
      <div className={classes.where}>
        {isPassage ? (
          <p className={classes.chosen}>
            <span>On “{passage.quote}”</span>
            <CloseButton size="xs" aria-label="Not on this passage" onClick={() => setPassage(null)} />
          </p>
        ) : (
          <Choice label="What the comment is on" options={places} value={on} onChange={setOn} />
        )}
        {on !== RECORD && annotators.length > 0 && (
          <Choice
            label="Whose answer"
            options={[
              { value: "", label: "The question itself" },
              ...annotators.map((one) => ({ value: one, label: one })),
            ]}
            value={whose}
            onChange={setWhose}
          />
        )}
        <Key name="m" of="Comments" tone="quiet" />
      </div>
    </Composer>
  );
}
