/** What stands beside the work when asked for: the guideline, comments, what I did, what reviewers say of it. */
import { CloseButton, Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { GuidelineReader, type Project } from "@/features/projects";
import { showSection } from "@/features/projects/GuidelineReader";
import { Loading } from "@/ui";
import { HistoryTab } from "./HistoryTab";
import { fetchedPart } from "./questions/fetchedPart";
import type { QueueAtHand } from "./queue/useQueue";
import classes from "./Rail.module.css";

const { Part: Comments, fetch: fetchComments } = fetchedPart(() => import("@/features/comments/Comments"));
/** With the rail itself: who asks for writing begins to write at once. */
void fetchComments().catch(() => undefined);
const FeedbackTab = lazy(() => import("./FeedbackTab"));

export type RailTab = "guideline" | "comments" | "history" | "feedback";

type RailProps = {
  tab: RailTab;
  project: Project;
  queue: QueueAtHand;
  /** Grows when writing a comment was asked for. */
  writing: number;
  onTab: (tab: RailTab | "") => void;
};

export default function Rail({ tab, project, queue, writing, onTab }: RailProps) {
  const record = queue.work?.item.record;
  const cite = (anchor: string) => {
    onTab("guideline");
    setTimeout(() => showSection(anchor));
  };
  return (
    <aside className={classes.rail} aria-label="Beside the record">
      <Tabs
        value={tab}
        onChange={(next) => next && onTab(next as RailTab)}
        classNames={{ root: classes.tabs, panel: classes.panel }}
        keepMounted={false}
      >
        <div className={classes.head}>
          <Tabs.List>
            <Tabs.Tab value="guideline">Guideline</Tabs.Tab>
            <Tabs.Tab value="comments">Comments</Tabs.Tab>
            <Tabs.Tab value="history">History</Tabs.Tab>
            <Tabs.Tab value="feedback">Feedback</Tabs.Tab>
          </Tabs.List>
          <CloseButton aria-label="Close" onClick={() => onTab("")} />
        </div>
        <Tabs.Panel value="guideline">
          <GuidelineReader body={project.guideline.body} />
        </Tabs.Panel>
        <Tabs.Panel value="comments">
          {record && (
            <Suspense fallback={<Loading what="Opening comments" />}>
              <Comments
                project={project}
                recordId={record.id}
                values={record.fields}
                asAnnotator
                writing={writing}
                onAnchor={cite}
              />
            </Suspense>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab projectId={project.id} queue={queue} />
        </Tabs.Panel>
        <Tabs.Panel value="feedback">
          <Suspense fallback={<Loading />}>
            <FeedbackTab project={project} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
