import type { Fault } from "./faults";
import classes from "./SchemaEditor.module.css";

export function FaultList({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className={classes.faults}>
      {faults.map((fault) => (
        <li key={fault.text}>{fault.text}</li>
      ))}
    </ul>
  );
}
