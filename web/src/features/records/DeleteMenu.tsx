/** Deleting what the filter shows, and looking at what was deleted. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { ArchiveRestore, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/features/projects";
import type { WhichRecords } from "./api/deletions";
import { DeletedRecords } from "./DeletedRecords";
import { DeleteRecords } from "./DeleteRecords";
import type { RecordFilter } from "./recordFilter";

type DeleteMenuProps = { project: Project; filter: RecordFilter; anyShown: boolean };

export function DeleteMenu({ project, filter, anyShown }: DeleteMenuProps) {
  const [which, setWhich] = useState<WhichRecords>();
  const [listed, setListed] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label="Delete records">
            <ActionIcon variant="default" size={36} aria-label="Delete records">
              <Trash2 size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} />}
            disabled={!anyShown}
            onClick={() => setWhich({ filter })}
          >
            Delete what is shown…
          </Menu.Item>
          <Menu.Item leftSection={<ArchiveRestore size={15} />} onClick={() => setListed(true)}>
            Deleted records…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteRecords project={project} which={which} onClose={() => setWhich(undefined)} />
      <DeletedRecords project={project} opened={listed} onClose={() => setListed(false)} />
    </>
  );
}
