/** Which columns the table shows; kept in this browser. */
import { Button, Checkbox, Popover } from "@mantine/core";
import { Columns3 } from "lucide-react";
import type { Columns } from "./columns";
import classes from "./RecordFilters.module.css";

export function ColumnMenu({ columns: { choices, shown, toggle } }: { columns: Columns }) {
  const on = new Set(shown.map((column) => column.name));
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={16} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.values} aria-label="Columns">
        {choices.map(({ name, title }) => (
          <Checkbox key={name} size="xs" label={title} checked={on.has(name)} onChange={() => toggle(name)} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
