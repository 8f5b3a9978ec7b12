/** One comment: who wrote it, what, and what may be done with it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import type { Components } from "react-markdown";
import { ago, moment } from "@/lib/format";
import { Markdown, ProblemNote } from "@/ui";
import { Tag } from "@/ui/Tag";
import { type Comment, revisionsQuery, type Spot, useDeletion, useRevise } from "./api/threads";
import classes from "./Comments.module.css";
import { Composer } from "./Composer";
import { MENTION, withMentionLinks, withPassageLinks } from "./mentioning";
import { useWriting } from "./useWriting";

type CommentItemProps = { spot: Spot; comment: Comment; onAnchor: (anchor: string) => void };

export function CommentItem({ spot, comment, onAnchor }: CommentItemProps) {
  const [editing, setEditing] = useState(false);
  const { remove, restore } = useDeletion(spot, comment.id);
  if (comment.deleted)
    return (
      <div className={classes.comment} data-deleted>
        <Head comment={comment} />
        <p className={classes.gone}>
          Deleted.
          {comment.may_restore && (
            <Button size="compact-xs" variant="subtle" loading={restore.isPending} onClick={() => restore.mutate()}>
              Bring it back
            </Button>
          )}
        </p>
      </div>
    );
  return (
    <div className={classes.comment} data-mine={comment.by.is_me || undefined}>
      <Head comment={comment}>{comment.edited_at && <Edited spot={spot} comment={comment} />}</Head>
      {editing ? (
        <Edit spot={spot} comment={comment} onDone={() => setEditing(false)} />
      ) : (
        <Body body={comment.body} mentions={comment.mentions} onAnchor={onAnchor} />
      )}
      {!editing && (comment.may_edit || comment.may_delete) && (
        <div className={classes.deeds}>
          {comment.may_edit && (
            <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
          {comment.may_delete && (
            <Button size="compact-xs" variant="subtle" loading={remove.isPending} onClick={() => remove.mutate()}>
              Delete
            </Button>
          )}
        </div>
      )}
      {remove.isError && <ProblemNote error={remove.error} />}
    </div>
  );
}

function Head({ comment, children }: { comment: Comment; children?: ReactNode }) {
  const { by, written_at } = comment;
  const names = by.name.toLowerCase() === by.role;
  return (
    <p className={classes.head}>
      <strong>{by.is_me ? "You" : by.name}</strong>
      {!names && !by.is_me && by.role !== "annotator" && <Tag tone="quiet">{by.role}</Tag>}
      <time dateTime={written_at} title={moment(written_at)}>
        {ago(written_at)}
      </time>
      {children}
    </p>
  );
}

/** The earlier texts, looked at where the comment stands. */
function Edited({ spot, comment }: { spot: Spot; comment: Comment }) {
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...revisionsQuery(spot.projectId, comment), enabled: open }).data;
  return (
    <>
      <button type="button" className={classes.edited} aria-expanded={open} onClick={() => setOpen(!open)}>
        edited
      </button>
      {open && (
        <span className={classes.earlier}>
          {found?.slice(0, -1).map((one) => (
            <span key={one.revision}>
              <time dateTime={one.written_at}>{moment(one.written_at)}</time> {one.body}
            </span>
          ))}
        </span>
      )}
    </>
  );
}

function Edit({ spot, comment, onDone }: { spot: Spot; comment: Comment; onDone: () => void }) {
  const [text, setText] = useWriting(`edit:${comment.id}`, comment.body);
  const revise = useRevise(spot, comment);
  const leave = () => {
    setText(comment.body);
    onDone();
  };
  return (
    <Composer
      spot={spot}
      label="Change the comment"
      text={text}
      onText={setText}
      onSend={(body) => revise.mutateAsync(body).then(leave)}
      onCancel={leave}
      sendTitle="Save"
      autoFocus
    />
  );
}

type BodyProps = { body: string; mentions: readonly string[]; onAnchor: (anchor: string) => void };

function Body({ body, mentions, onAnchor }: BodyProps) {
  const components = useMemo<Components>(
    () => ({
      a: ({ href, children }) => {
        if (href === MENTION) return <span className={classes.mention}>{children}</span>;
        if (href?.startsWith("#"))
          return (
            <button type="button" className={classes.anchor} onClick={() => onAnchor(decoded(href.slice(1)))}>
              {children}
            </button>
          );
        return (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {children}
          </a>
        );
      },
    }),
    [onAnchor],
  );
  return (
    <div className={classes.body}>
      <Markdown text={withPassageLinks(withMentionLinks(body, mentions))} components={components} />
    </div>
  );
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}
