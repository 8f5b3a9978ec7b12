/** Up, down, away: the deeds on a part of a list. Alt with an arrow does the same from anywhere inside the part. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { Edit } from "./edits";

type OrderProps = {
  id: number;
  name: string;
  edit: (edit: Edit) => void;
  first: boolean;
  last: boolean;
  /** Why it cannot be removed, where that is so. */
  kept?: string | undefined;
};

export function Order({ id, name, edit, first, last, kept }: OrderProps) {
  return (
    <>
      <ActionIcon
        title="Move up (Alt+↑)"
        aria-label={`Move ${name} up`}
        disabled={first}
        onClick={() => edit({ do: "move up", id })}
      >
        <ArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        title="Move down (Alt+↓)"
        aria-label={`Move ${name} down`}
        disabled={last}
        onClick={() => edit({ do: "move down", id })}
      >
        <ArrowDown size={15} />
      </ActionIcon>
      <Tooltip label={kept ?? "Remove"}>
        <ActionIcon
          aria-label={kept ? `Remove ${name}: ${kept}` : `Remove ${name}`}
          aria-disabled={kept ? true : undefined}
          data-disabled={kept ? true : undefined}
          onClick={() => !kept && edit({ do: "drop", id })}
        >
          <Trash2 size={15} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

export function onMoveKeys(id: number, edit: (edit: Edit) => void) {
  return (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    edit({ do: event.key === "ArrowUp" ? "move up" : "move down", id });
  };
}
