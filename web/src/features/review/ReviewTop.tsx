/** The slim line on top: which case this is, what waits, and the deeds that lead away from it. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { BookOpen, List, ListChecks, Undo2 } from "lucide-react";
import { type Project, projectsQuery } from "@/features/projects";
import { offersUndo } from "@/lib/deeds";
import { count } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { Tag } from "@/ui/Tag";
import { type CaseSummary, useUndoDecision } from "./api/cases";
import { MakeEdgeCase } from "./MakeEdgeCase";
import classes from "./ReviewPage.module.css";
import type { LastDeed } from "./useCaseDeeds";
import { keepDraft } from "./useDecisionDraft";
import { WHY } from "./words";

/** What the page gives the line, whether a case is on screen or not. */
export type TopProps = {
  project: Project;
  last: LastDeed | null;
  guideline: boolean;
  onList: () => void;
  onMany: () => void;
  onGuideline: () => void;
};

type ReviewTopProps = TopProps & {
  one?: CaseSummary;
  onOpen: (taskId: number) => void;
  onUndone?: () => void;
};

export function ReviewTop({
  project,
  last,
  guideline,
  onList,
  onMany,
  onGuideline,
  one,
  onOpen,
  onUndone,
}: ReviewTopProps) {
  const waiting = useQuery(projectsQuery).data?.items.find((each) => each.id === project.id)?.waiting.review;
  const takeBack = useUndoDecision(project.id);
  const undo = () => {
    if (!last) return;
    if (last.deed === "skipped") return onOpen(last.taskId);
    takeBack.mutate(last.taskId, {
      onSuccess: () => {
        if (last.draft) keepDraft(project.id, last.taskId, last.draft);
        onUndone?.();
        onOpen(last.taskId);
      },
    });
  };
  useKeys([
    { keys: "h", title: "All cases", group: "Review", run: onList },
    { keys: "m", title: "Accept many answers", group: "Review", run: onMany },
    { keys: "g", title: "Guideline beside", group: "Review", run: onGuideline },
    {
      keys: "mod+z",
      title: "Take the last step back",
      group: "Review",
      disabled: !last,
      when: () => !offersUndo(),
      run: undo,
    },
  ]);
  const why = one && WHY[one.why];
  return (
    <header className={classes.top}>
      <h1 className={classes.name}>Review</h1>
      {one && <span className={classes.which}>{one.external_id}</span>}
      {why && (
        <Tooltip label={why.help}>
          <span>
            <Tag tone={why.tone}>{why.title}</Tag>
          </span>
        </Tooltip>
      )}
      <span className={classes.rest} role="status">
        {last && `${last.externalId} ${last.deed}`}
        {takeBack.isError && `: ${takeBack.error.message}`}
      </span>
      {last && (
        <Button
          variant="subtle"
          size="xs"
          loading={takeBack.isPending}
          leftSection={<Undo2 size={14} />}
          rightSection={<Key name="mod+z" of="Review" tone="quiet" />}
          onClick={undo}
        >
          {last.deed === "skipped" ? "Go back" : "Take back"}
        </Button>
      )}
      {last?.deed === "decided" && !one?.decided_by && <MakeEdgeCase project={project} taskId={last.taskId} />}
      {waiting !== undefined && (
        <span className={classes.numbers}>
          <b>{count(waiting)}</b> waiting
        </span>
      )}
      <Tooltip label="Guideline (G)">
        <ActionIcon
          size="lg"
          aria-label="Guideline"
          aria-pressed={guideline}
          className={classes.toggle}
          onClick={onGuideline}
        >
          <BookOpen size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Accept many answers (M)">
        <ActionIcon size="lg" aria-label="Accept many answers" onClick={onMany}>
          <ListChecks size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="All cases (H)">
        <ActionIcon size="lg" aria-label="All cases" onClick={onList}>
          <List size={17} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
