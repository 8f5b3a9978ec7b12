import { capsOf, type KeyName, useKeyFor } from "@/lib/keys";
import classes from "./Key.module.css";

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

type KeyProps = {
  /** The key a deed comes with. */
  name: KeyName;
  /** The deed's group: with it, the key that the person has chosen instead is shown. */
  of?: string;
  tone?: "quiet" | "gold" | undefined;
};

/** A key on its cap. Decoration for eyes; the control it stands on carries `aria-keyshortcuts`. */
export function Key({ name, of, tone }: KeyProps) {
  const key = useKeyFor(of, name);
  return (
    <span className={classes.keys} aria-hidden="true">
      {capsOf(key, mac).map((cap) => (
        <kbd key={cap} className={classes.cap} data-tone={tone}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
