/** What stands beside the work when asked for: the guideline, and what I did. */
import { CloseButton, Tabs } from "@mantine/core";
import { GuidelineReader, type Project } from "@/features/projects";
import { HistoryTab } from "./HistoryTab";
import type { QueueAtHand } from "./queue/useQueue";
import classes from "./Rail.module.css";

export type RailTab = "guideline" | "history";

type RailProps = { tab: RailTab; project: Project; queue: QueueAtHand; onTab: (tab: RailTab | "") => void };

export function Rail({ tab, project, queue, onTab }: RailProps) {
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
            <Tabs.Tab value="history">History</Tabs.Tab>
          </Tabs.List>
          <CloseButton aria-label="Close" onClick={() => onTab("")} />
        </div>
        <Tabs.Panel value="guideline">
          <GuidelineReader body={project.guideline.body} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab projectId={project.id} queue={queue} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
