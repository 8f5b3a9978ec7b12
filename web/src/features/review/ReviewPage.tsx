/** Adjudication: one case after the other, everything needed to decide on one screen, and every step by key. */
import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheckBig } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { fetchAhead } from "@/features/annotation";
import { type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { hush } from "@/lib/deeds";
import { useKept } from "@/lib/useKept";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { AcceptAll } from "./AcceptAll";
import { caseQuery, nextCaseQuery } from "./api/cases";
import { CaseDrawer } from "./CaseDrawer";
import { CaseScreen } from "./CaseScreen";
import classes from "./ReviewPage.module.css";
import { ReviewTop, type TopProps } from "./ReviewTop";
import type { LastDeed } from "./useCaseDeeds";

export function ReviewPage() {
  const project = useProject(useProjectId());
  useDocumentTitle(`Review of ${project.name} · Goldsmith`);
  useEffect(() => void fetchAhead(project.schema.questions), [project]);
  const { case: taskId }: { case?: number } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [turn, setTurn] = useState(0);
  const [last, setLast] = useState<LastDeed | null>(null);
  const [listed, setListed] = useState(false);
  const [many, setMany] = useState(false);
  const [guideline, setGuideline] = useKept<"open" | "closed">("review:guideline", "open");
  const open = useCallback(
    (id: number | undefined) => void navigate({ to: ".", search: (id ? { case: id } : {}) as never, replace: true }),
    [navigate],
  );
  const goOn = (deed: LastDeed) => {
    setLast(deed);
    hush();
    setTurn((now) => now + 1);
    open(undefined);
  };
  const toggleGuideline = () => setGuideline(guideline === "open" ? "closed" : "open");
  const top = {
    project,
    last,
    guideline: guideline === "open",
    onList: () => setListed(true),
    onMany: () => setMany(true),
    onGuideline: toggleGuideline,
  };
  return (
    <div className={classes.screen}>
      {taskId ? (
        <OneCase key={taskId} taskId={taskId} top={top} onDone={goOn} onOpen={open} onUndone={() => setLast(null)} />
      ) : (
        <NextCase top={top} turn={turn} onOpen={open} />
      )}
      <AcceptAll
        project={project}
        opened={many}
        onClose={() => setMany(false)}
        onDone={() => {
          setMany(false);
          setLast(null);
          setTurn((now) => now + 1);
          open(undefined);
        }}
      />
      <CaseDrawer project={project} opened={listed} openId={taskId} onClose={() => setListed(false)} onOpen={open} />
    </div>
  );
}

type NextCaseProps = { top: TopProps; turn: number; onOpen: (taskId: number) => void };

function NextCase({ top, turn, onOpen }: NextCaseProps) {
  const client = useQueryClient();
  const { project } = top;
  const next = useQuery(nextCaseQuery(project.id, turn));
  useEffect(() => {
    if (!next.data) return;
    client.setQueryData(caseQuery(project.id, next.data.task_id).queryKey, next.data);
    onOpen(next.data.task_id);
  }, [client, project.id, next.data, onOpen]);
  return (
    <>
      <ReviewTop {...top} onOpen={onOpen} />
      <div className={classes.middle}>
        {next.isError && <ProblemNote error={next.error} onRetry={next.refetch} />}
        {(next.isPending || next.data) && <Loading what="Fetching the next case" />}
        {next.data === null && <Nothing project={project} onList={top.onList} />}
      </div>
    </>
  );
}

function Nothing({ project, onList }: { project: Project; onList: () => void }) {
  return (
    <EmptyState
      icon={<CircleCheckBig size={22} />}
      title="Nothing waits for you"
      action={
        <>
          <Button variant="default" onClick={onList}>
            Look at decided cases
          </Button>
          <Button component={Link} to={`/projects/${project.id}`} variant="default">
            Overview
          </Button>
        </>
      }
    >
      <p>
        Records come here when annotators disagree, when one is flagged, when it is sensitive, and when it was drawn for
        review. Cases that another expert holds, or that you annotated yourself, are not given to you.
      </p>
    </EmptyState>
  );
}

type OneCaseProps = {
  taskId: number;
  top: TopProps;
  onDone: (deed: LastDeed) => void;
  onOpen: (taskId: number | undefined) => void;
  onUndone: () => void;
};

function OneCase({ taskId, top, onDone, onOpen, onUndone }: OneCaseProps) {
  const found = useQuery(caseQuery(top.project.id, taskId));
  if (found.data)
    return (
      <CaseScreen
        key={`${taskId} ${found.data.decision?.at ?? ""} ${found.data.opened_at}`}
        one={found.data}
        top={top}
        onDone={onDone}
        onOpen={onOpen}
        onUndone={onUndone}
      />
    );
  return (
    <>
      <ReviewTop {...top} onOpen={onOpen} />
      <div className={classes.middle}>
        {found.isError ? (
          <ProblemNote error={found.error} onRetry={found.refetch} />
        ) : (
          <Loading what="Opening the case" />
        )}
        {found.isError && (
          <Button mt="md" onClick={() => onOpen(undefined)}>
            Next case
          </Button>
        )}
      </div>
    </>
  );
}
