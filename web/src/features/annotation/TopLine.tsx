/** The slim line on top: how far the project is, what I did today, whether everything has left, and the side rail. */
import { ActionIcon, Popover, Switch, Tooltip } from "@mantine/core";
import { BookOpen, CloudOff, History, Keyboard, MessageSquare, SlidersHorizontal } from "lucide-react";
import { memo, type ReactNode } from "react";
import { CommentCount } from "@/features/comments";
import { count, day } from "@/lib/format";
import { Key } from "@/ui";
import { useOutboxState } from "./outbox";
import type { RailTab } from "./Rail";
import type { Settings } from "./settings";
import type { Progress } from "./shapes";
import classes from "./TopLine.module.css";

type TopLineProps = {
  title: string;
  /** The record on screen, by the name its project gave it. */
  which: string | undefined;
  projectId: number;
  recordId: number | undefined;
  /** By when an answer is wanted. */
  due?: string | null | undefined;
  progress: Progress | null;
  rail: RailTab | "";
  onRail: (tab: RailTab) => void;
  settings: Settings;
};

/** Memoised: it must not cost anything when an answer is chosen. */
export const TopLine = memo(function TopLine({
  title,
  which,
  due,
  projectId,
  recordId,
  progress,
  rail,
  onRail,
  settings,
}: TopLineProps) {
  const share = progress?.project_total ? progress.project_done / progress.project_total : 0;
  return (
    <header className={classes.top}>
      <div
        className={classes.line}
        role="progressbar"
        aria-label="Records of the project that are done"
        aria-valuemin={0}
        aria-valuemax={progress?.project_total ?? 1}
        aria-valuenow={progress?.project_done ?? 0}
      >
        <span style={{ transform: `scaleX(${share})` }} />
      </div>
      <h1 className={classes.name}>{title}</h1>
      {which && <span className={classes.which}>{which}</span>}
      {due && (
        <span className={classes.due} data-late={new Date(due) < new Date() || undefined}>
          due {day(due)}
        </span>
      )}
      <div className={classes.rest} />
      <Leaving />
      {progress && (
        <span className={classes.numbers}>
          <b>{count(progress.mine_today)}</b> today
          <span className={classes.whole}>
            , <b>{count(progress.project_done)}</b> of {count(progress.project_total)} done
          </span>
        </span>
      )}
      <RailButton
        tab="guideline"
        title="Guideline"
        keyName="g"
        icon={<BookOpen size={17} />}
        open={rail}
        onRail={onRail}
      />
      <RailButton
        tab="comments"
        title="Comments"
        keyName="c"
        icon={<MessageSquare size={17} />}
        open={rail}
        onRail={onRail}
      >
        {recordId !== undefined && <CommentCount projectId={projectId} recordId={recordId} asAnnotator />}
      </RailButton>
      <RailButton tab="history" title="History" keyName="h" icon={<History size={17} />} open={rail} onRail={onRail} />
      <Popover position="bottom-end" width={300} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon size="lg" aria-label="Settings of this screen">
            <SlidersHorizontal size={17} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown className={classes.settings} aria-label="Settings of this screen">
          {settings.map((setting) => (
            <div key={setting.name} className={classes.setting}>
              <Switch
                label={setting.title}
                description={setting.help}
                checked={setting.on}
                onChange={(e) => setting.set(e.currentTarget.checked)}
              />
              <Key name={setting.keyName} of="Settings" tone="quiet" />
            </div>
          ))}
          <p className={classes.hint}>
            <Keyboard size={14} aria-hidden="true" /> <Key name="?" of="Everywhere" tone="quiet" /> lists every key
          </p>
        </Popover.Dropdown>
      </Popover>
    </header>
  );
});

type RailButtonProps = {
  tab: RailTab;
  title: string;
  keyName: string;
  icon: ReactNode;
  open: RailTab | "";
  onRail: (tab: RailTab) => void;
  children?: ReactNode;
};

function RailButton({ tab, title, keyName, icon, open, onRail, children }: RailButtonProps) {
  return (
    <span className={classes.place}>
      <Tooltip
        label={
          <span className={classes.tip}>
            {title} <Key name={keyName} of="Beside" />
          </span>
        }
      >
        <ActionIcon
          size="lg"
          aria-label={title}
          aria-pressed={open === tab}
          aria-keyshortcuts={keyName}
          className={classes.railButton}
          onClick={() => onRail(tab)}
        >
          {icon}
        </ActionIcon>
      </Tooltip>
      {children}
    </span>
  );
}

/** Says something only when answers have to wait: an answer on its way is no news. */
function Leaving() {
  const { ops, failures } = useOutboxState();
  if (ops.length === 0 || failures === 0) return null;
  return (
    <span className={classes.waiting} role="status">
      <CloudOff size={15} aria-hidden="true" />
      <span>
        {count(ops.length)} kept here<span className={classes.whole}>, sent when the server answers</span>
      </span>
    </span>
  );
}
