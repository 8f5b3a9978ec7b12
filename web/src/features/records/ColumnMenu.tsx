/** Which columns the table shows; kept in this browser. */
import { Button, Menu } from "@mantine/core";
import { Columns3 } from "lucide-react";
import type { Columns } from "./columns";
import classes from "./RecordFilters.module.css";

export function ColumnMenu({ columns: { choices, shown, toggle } }: { columns: Columns }) {
  const on = new Set(shown.map((column) => column.name));
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Columns3 size={16} />}>
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ name, title }) => (
          <Menu.Item key={name} role="menuitemcheckbox" aria-checked={on.has(name)} onClick={() => toggle(name)}>
            <span className={classes.tick} aria-hidden="true">
              {on.has(name) ? "✓" : ""}
            </span>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
