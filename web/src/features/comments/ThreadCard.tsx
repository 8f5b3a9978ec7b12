/** One thread: what it hangs on, what was said, a place to reply, and its end. */
import { Button } from "@mantine/core";
import { Check, Quote, RotateCcw } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { ago } from "@/lib/format";
import { ProblemNote } from "@/ui";
import { type Spot, type Thread, useReply, useResolution } from "./api/threads";
import { CommentItem } from "./CommentItem";
import classes from "./Comments.module.css";
import { Composer } from "./Composer";
import { useWriting } from "./useWriting";

type ThreadCardProps = {
  spot: Spot;
  project: Project;
  thread: Thread;
  mayWrite: boolean;
  onAnchor: (anchor: string) => void;
};

export function ThreadCard({ spot, project, thread, mayWrite, onAnchor }: ThreadCardProps) {
  const [text, setText] = useWriting(`thread:${thread.id}`);
  const [replying, setReplying] = useState(text !== "");
  const reply = useReply(spot, thread.id);
  const resolution = useResolution(spot, thread);
  const send = async (body: string) => {
    await reply.mutateAsync(body);
    setText("");
    setReplying(false);
  };
  return (
    <article id={`thread-${thread.id}`} className={classes.thread} data-resolved={thread.resolved ? true : undefined}>
      <Place project={project} thread={thread} />
      {thread.comments.map((comment) => (
        <CommentItem key={comment.id} spot={spot} comment={comment} onAnchor={onAnchor} />
      ))}
      {thread.resolved && (
        <p className={classes.resolved}>
          <Check size={14} aria-hidden="true" /> Resolved by {thread.resolved.by}, {ago(thread.resolved.at)}
        </p>
      )}
      {resolution.isError && <ProblemNote error={resolution.error} />}
      {replying ? (
        <Composer
          spot={spot}
          label={thread.resolved ? "Reply, and open the thread again" : "Reply"}
          text={text}
          onText={setText}
          onSend={send}
          onCancel={() => setReplying(false)}
          sendTitle="Reply"
          autoFocus
        />
      ) : (
        <div className={classes.threadDeeds}>
          {mayWrite && (
            <Button size="compact-xs" variant="default" onClick={() => setReplying(true)}>
              Reply
            </Button>
          )}
          {thread.may_resolve && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={resolution.isPending}
              leftSection={thread.resolved ? <RotateCcw size={13} /> : <Check size={13} />}
              onClick={() => resolution.mutate()}
            >
              {thread.resolved ? "Open again" : "Resolve"}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

function Place({ project, thread }: { project: Project; thread: Thread }) {
  const { place, question, annotator, quote } = thread.about;
  if (place === "record") return null;
  if (place === "span")
    return (
      <blockquote className={classes.quote}>
        <Quote size={13} aria-hidden="true" /> {quote}
      </blockquote>
    );
  const title = project.schema.questions.find((one) => one.name === question)?.title ?? question;
  return (
    <p className={classes.about}>
      {title}
      {annotator && <span>, {annotator}</span>}
    </p>
  );
}
