/** Every case: those that wait, oldest first, and those that were decided. */
import { Button, Drawer, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { ago, plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { Tag } from "@/ui/Tag";
import { type CaseState, type CaseSummary, casesQuery } from "./api/cases";
import classes from "./ReviewPage.module.css";
import { WHY } from "./words";

type CaseDrawerProps = {
  project: Project;
  opened: boolean;
  openId: number | undefined;
  onClose: () => void;
  onOpen: (taskId: number) => void;
};

export function CaseDrawer({ project, opened, openId, onClose, onOpen }: CaseDrawerProps) {
  const [state, setState] = useState<CaseState>("open");
  return (
    <Drawer opened={opened} onClose={onClose} title="Cases" position="right" size={440}>
      <SegmentedControl
        fullWidth
        aria-label="Which cases"
        data={[
          { value: "open", label: "Waiting" },
          { value: "returned", label: "Sent back" },
          { value: "decided", label: "Decided" },
        ]}
        value={state}
        onChange={(next) => setState(next as typeof state)}
      />
      {opened && (
        <CaseList
          projectId={project.id}
          state={state}
          openId={openId}
          onOpen={(taskId) => {
            onClose();
            onOpen(taskId);
          }}
        />
      )}
    </Drawer>
  );
}

const EMPTY: Record<CaseState, string> = {
  open: "No case waits.",
  returned: "Nothing is with the annotators. What is sent back stands here until they have answered again.",
  decided: "Nothing was decided yet.",
};

type CaseListProps = Pick<CaseDrawerProps, "openId" | "onOpen"> & { projectId: number; state: CaseState };

function CaseList({ projectId, state, openId, onOpen }: CaseListProps) {
  const cases = useInfiniteQuery(casesQuery(projectId, state));
  if (cases.isPending) return <Loading what="Fetching cases" />;
  if (cases.isError) return <ProblemNote error={cases.error} onRetry={cases.refetch} />;
  const all = cases.data.pages.flatMap((page) => page.items);
  if (all.length === 0) return <p className={classes.excerpt}>{EMPTY[state]}</p>;
  return (
    <>
      <ul className={classes.list}>
        {all.map((one) => (
          <li key={one.task_id}>
            <CaseItem one={one} current={one.task_id === openId} onOpen={() => onOpen(one.task_id)} />
          </li>
        ))}
      </ul>
      {cases.hasNextPage && (
        <Button fullWidth variant="default" loading={cases.isFetchingNextPage} onClick={() => cases.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function CaseItem({ one, current, onOpen }: { one: CaseSummary; current: boolean; onOpen: () => void }) {
  const why = WHY[one.why];
  return (
    <button type="button" className={classes.item} aria-current={current ? "true" : undefined} onClick={onOpen}>
      <span className={classes.itemHead}>
        <strong>{one.external_id}</strong>
        <Tag tone={why?.tone ?? "plain"}>{why?.title ?? one.why}</Tag>
        <span className={classes.which}>
          {one.decided_by ? `by ${one.decided_by.name}` : `${plural(one.opinions, "opinion")}, ${ago(one.opened_at)}`}
        </span>
      </span>
      <span className={classes.excerpt}>{one.excerpt}</span>
    </button>
  );
}
