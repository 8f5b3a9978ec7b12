import { capsOf, type KeyName } from "@/lib/keys";
import classes from "./Key.module.css";

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** A key on its cap. Decoration for eyes; the control it stands on carries `aria-keyshortcuts`. */
export function Key({ name, tone }: { name: KeyName; tone?: "quiet" | "gold" }) {
  return (
    <span className={classes.keys} aria-hidden="true">
      {capsOf(name, mac).map((cap) => (
        <kbd key={cap} className={classes.cap} data-tone={tone}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
