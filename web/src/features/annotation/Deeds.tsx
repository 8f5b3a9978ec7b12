/** What else one can do with the record on screen. */
import { Flag, type LucideIcon, SkipForward, Undo2, X } from "lucide-react";
import type { KeyName } from "@/lib/keys";
import { Key } from "@/ui";
import classes from "./Deeds.module.css";
import type { QueueAtHand } from "./queue/useQueue";

type DeedsProps = {
  queue: QueueAtHand;
  again: boolean;
  /** Takes back the last step in this record, if there is one. */
  undoStep: (() => void) | undefined;
  onFlag: () => void;
};

export function Deeds({ queue, again, undoStep, onFlag }: DeedsProps) {
  if (again) return <Deed icon={X} title="Leave as it was" keyName="Escape" onDo={queue.putAside} />;
  return (
    <>
      <Deed
        icon={Undo2}
        title="Undo"
        keyName="mod+z"
        onDo={undoStep ?? queue.undo}
        disabled={!undoStep && !queue.canUndo}
      />
      <Deed icon={SkipForward} title="Skip" keyName="s" onDo={queue.skip} />
      <Deed icon={Flag} title="Flag" keyName="f" onDo={onFlag} />
    </>
  );
}

type DeedProps = { icon: LucideIcon; title: string; keyName: KeyName; onDo: () => void; disabled?: boolean };

function Deed({ icon: Icon, title, keyName, onDo, disabled = false }: DeedProps) {
  return (
    <button type="button" className={classes.deed} onClick={onDo} disabled={disabled} title={title}>
      <Icon size={16} aria-hidden="true" />
      <span className={classes.title}>{title}</span>
      <span className={classes.key}>
        <Key name={keyName} of="Record" tone="quiet" />
      </span>
    </button>
  );
}
