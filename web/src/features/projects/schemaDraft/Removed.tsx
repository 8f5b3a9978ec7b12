/** What the draft leaves out of the version in use; it can be put back as long as nothing is saved. */
import { Button } from "@mantine/core";
import { Undo2 } from "lucide-react";
import classes from "./SchemaEditor.module.css";

type RemovedProps = {
  what: "question" | "option";
  titles: ReadonlyArray<{ value: string; title: string }>;
  onPutBack: (value: string) => void;
};

export function Removed({ what, titles, onPutBack }: RemovedProps) {
  if (titles.length === 0) return null;
  return (
    <ul className={classes.removed} aria-label={`Removed ${what}s`}>
      {titles.map(({ value, title }) => (
        <li key={value}>
          <del>{title}</del>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<Undo2 size={13} />}
            aria-label={`Put ${title} back`}
            onClick={() => onPutBack(value)}
          >
            Put back
          </Button>
        </li>
      ))}
    </ul>
  );
}
