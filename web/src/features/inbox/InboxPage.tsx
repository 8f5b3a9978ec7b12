/** The inbox: what happened that concerns me, newest first. J and K go along it, Enter opens, E marks. */
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { type ProjectSummary, projectsQuery } from "@/features/projects";
import { did } from "@/lib/deeds";
import { ago, moment, plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { EmptyState, Key, Loading, Page, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { type Notice, type NoticeKind, noticesQuery, unreadQuery, useMark, type Which } from "./api/notices";
import classes from "./InboxPage.module.css";
import { KINDS, linkOf, plainly, whatHappened } from "./words";

const GROUP = "Inbox";

export function InboxPage() {
  const [which, setWhich] = useState<Which>({ unread: false, kind: "" });
  const found = useInfiniteQuery(noticesQuery(which));
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const unread = useQuery(unreadQuery).data?.count ?? 0;
  const marking = useMarking();
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const notices = found.data?.pages.flatMap((page) => page.items) ?? [];
  const here = notices[Math.min(at, notices.length - 1)];
  const choose = (next: Which) => {
    setWhich(next);
    setAt(0);
  };
  const open = (notice: Notice) => {
    if (!notice.read_at) void marking.quietly([notice.id]);
    void navigate({ to: linkOf(notice, roleIn(projects, notice)) });
  };
  const step = (by: 1 | -1) => {
    const next = Math.max(0, Math.min(at + by, notices.length - 1));
    setAt(next);
    if (next >= notices.length - 2 && found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
  };
  useKeys([
    { keys: ["j", "ArrowDown"], title: "Next", group: GROUP, repeats: true, run: () => step(1) },
    { keys: ["k", "ArrowUp"], title: "The one before", group: GROUP, repeats: true, run: () => step(-1) },
    { keys: "Enter", title: "Open", group: GROUP, disabled: !here, run: () => here && open(here) },
    {
      keys: "e",
      title: "Mark as read, or unread",
      group: GROUP,
      disabled: !here,
      run: () => here && marking.toggle(here),
    },
    { keys: "a", title: "Mark everything as read", group: GROUP, disabled: !unread, run: marking.all },
    { keys: "u", title: "Only unread, or all", group: GROUP, run: () => choose({ ...which, unread: !which.unread }) },
  ]);
  return (
    <Page
      title="Inbox"
      lead="Mentions, replies in your threads, and work that came back to you."
      width="reading"
      actions={
        <Button
          variant="default"
          disabled={!unread}
          onClick={marking.all}
          rightSection={<Key name="a" of={GROUP} tone="quiet" />}
        >
          Mark all as read
        </Button>
      }
    >
      <Filters which={which} onChange={choose} />
      {found.isPending && <Loading what="Fetching the inbox" />}
      {found.isError && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && notices.length === 0 && <Nothing which={which} />}
      {notices.length > 0 && (
        <ul className={classes.list} aria-label="Notices">
          {notices.map((notice, nth) => (
            <Item
              key={notice.id}
              notice={notice}
              project={projects.find((one) => one.id === notice.project_id)}
              current={notice === here}
              onOpen={() => open(notice)}
              onMark={() => {
                setAt(nth);
                marking.toggle(notice);
              }}
            />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button variant="default" mt="md" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </Page>
  );
}

function Filters({ which, onChange }: { which: Which; onChange: (which: Which) => void }) {
  const any = { value: "", label: "Everything" };
  const kinds = Object.entries(KINDS).map(([value, label]) => ({ value, label }));
  return (
    <div className={classes.filters}>
      <SegmentedControl
        size="xs"
        aria-label="Which notices"
        data={[
          { value: "all", label: "All" },
          { value: "unread", label: "Unread" },
        ]}
        value={which.unread ? "unread" : "all"}
        onChange={(next) => onChange({ ...which, unread: next === "unread" })}
      />
      <Key name="u" of={GROUP} tone="quiet" />
      <Choice
        label="Kind of notice"
        options={[any, ...kinds]}
        value={which.kind}
        onChange={(kind) => onChange({ ...which, kind: kind as NoticeKind | "" })}
      />
    </div>
  );
}

function Nothing({ which }: { which: Which }) {
  const filtered = which.unread || which.kind;
  return (
    <EmptyState icon={<Inbox size={22} />} title={filtered ? "Nothing like that" : "Nothing yet"}>
      <p>
        {filtered
          ? "Show all notices to see what was read before."
          : "When somebody mentions you in a comment, replies in a thread of yours, or sends work back to you, it is told here."}
      </p>
    </EmptyState>
  );
}

type ItemProps = {
  notice: Notice;
  project: ProjectSummary | undefined;
  current: boolean;
  onOpen: () => void;
  onMark: () => void;
};

function Item({ notice, project, current, onOpen, onMark }: ItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (!current) return;
    item.current?.scrollIntoView({ block: "nearest" });
    const filtering = document.activeElement?.closest(`.${classes.filters}`);
    if (!filtering) item.current?.querySelector("button")?.focus({ preventScroll: true });
  }, [current]);
  const isRead = notice.read_at !== null;
  return (
    <li ref={item} className={classes.item} data-read={isRead || undefined} aria-current={current || undefined}>
      <button type="button" className={classes.open} onClick={onOpen}>
        <span className={classes.line}>
          <span className={classes.dot} aria-hidden="true" />
          {!isRead && <span className="unseen">Unread: </span>}
          <strong>{whatHappened(notice)}</strong>
          {project && <span>{project.name}</span>}
          <time dateTime={notice.at} title={moment(notice.at)}>
            {ago(notice.at)}
          </time>
        </span>
        <span className={classes.words}>{plainly(notice.words)}</span>
      </button>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={onMark}
        rightSection={current ? <Key name="e" of={GROUP} tone="quiet" /> : undefined}
      >
        {isRead ? "Mark unread" : "Mark read"}
      </Button>
    </li>
  );
}

function useMarking() {
  const mark = useMark();
  return {
    /** Opening reads; going back to the inbox shows it, so there is nothing to say. */
    quietly: (ids: number[]) => mark(ids, true).catch(() => undefined),
    toggle(notice: Notice) {
      const read = notice.read_at === null;
      void mark([notice.id], read).then(() =>
        did({
          done: read ? "Marked a notice as read" : "Marked a notice as unread",
          undo: () => mark([notice.id], !read),
          redo: () => mark([notice.id], read),
        }),
      );
    },
    all() {
      void mark(null, true).then((ids) => {
        if (ids.length === 0) return;
        const done = `Marked ${plural(ids.length, "notice")} as read`;
        did({ done, undo: () => mark(ids, false), redo: () => mark(ids, true) });
      });
    },
  };
}

function roleIn(projects: readonly ProjectSummary[], notice: Notice): string | null | undefined {
  return projects.find((one) => one.id === notice.project_id)?.my_role;
}
