/** One record beside the table; J and K go on to the next and the one before. */
import { ActionIcon, Button, Drawer, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Trash2 } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { can, type Project } from "@/features/projects";
import { Key, Loading } from "@/ui";
import type { WhichRecords } from "./api/deletions";
import type { RecordRow } from "./api/records";
import { DeleteRecords } from "./DeleteRecords";
import classes from "./RecordDrawer.module.css";

const RecordStory = lazy(() => import("@/features/review/RecordStory"));

type RecordDrawerProps = {
  project: Project;
  rows: readonly RecordRow[];
  openId: number | undefined;
  onOpen: (record: RecordRow | undefined) => void;
};

export function RecordDrawer({ project, rows, openId, onOpen }: RecordDrawerProps) {
  const manages = can(project.my_role, "manage");
  const [which, setWhich] = useState<WhichRecords>();
  const at = rows.findIndex((record) => record.id === openId);
  const step = (by: 1 | -1) => {
    const next = rows[at + by];
    if (at !== -1 && next) onOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "Delete" && manages && openId !== undefined) setWhich({ record_ids: [openId] });
  };
  return (
    <Drawer
      opened={openId !== undefined}
      onClose={() => onOpen(undefined)}
      position="right"
      size="min(760px, 100vw)"
      title={rows[at]?.external_id ?? "Record"}
      onKeyDown={onKeyDown}
      classNames={{ title: classes.title ?? "" }}
    >
      {openId !== undefined && (
        <>
          <Group gap={4} mb="md">
            <ActionIcon variant="default" aria-label="Record before (K)" disabled={at <= 0} onClick={() => step(-1)}>
              <ChevronUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label="Next record (J)"
              disabled={at === -1 || at >= rows.length - 1}
              onClick={() => step(1)}
            >
              <ChevronDown size={16} />
            </ActionIcon>
            <Button
              component={Link}
              to={`/projects/${project.id}/records/${openId}`}
              variant="subtle"
              size="xs"
              ml="auto"
            >
              Open as a page
            </Button>
            {manages && (
              <Button
                variant="subtle"
                color="red"
                size="xs"
                leftSection={<Trash2 size={14} />}
                rightSection={<Key name="Delete" tone="quiet" />}
                aria-keyshortcuts="Delete"
                onClick={() => setWhich({ record_ids: [openId] })}
              >
                Delete
              </Button>
            )}
          </Group>
          <DeleteRecords
            project={project}
            which={which}
            onClose={() => setWhich(undefined)}
            onDone={() => onOpen(undefined)}
          />
          <Suspense fallback={<Loading what="Opening the record" />}>
            <RecordStory project={project} recordId={openId} />
          </Suspense>
        </>
      )}
    </Drawer>
  );
}
