/** One large target with its key on a small cap at the left. */
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { KeyName } from "@/lib/keys";
import { Key } from "@/ui";
import classes from "./OptionButton.module.css";

type OptionButtonProps = {
  chosen: boolean;
  onChoose: () => void;
  keyName?: KeyName | undefined;
  title: ReactNode;
  help?: string | null | undefined;
  /** Shows a tick box, because several may be chosen. */
  several?: boolean;
};

export function OptionButton({ chosen, onChoose, keyName, title, help, several = false }: OptionButtonProps) {
  return (
    <button
      type="button"
      className={classes.option}
      aria-pressed={chosen}
      aria-keyshortcuts={keyName}
      data-enter={chosen ? "pass" : undefined}
      onClick={onChoose}
    >
      {keyName && <Key name={keyName} tone={chosen ? "gold" : undefined} />}
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {help && <span className={classes.help}>{help}</span>}
      </span>
      {(several || chosen) && (
        <span className={classes.mark} data-box={several || undefined} aria-hidden="true">
          {chosen && <Check size={14} strokeWidth={2.6} />}
        </span>
      )}
    </button>
  );
}
