/** One record beside the table; J and K go on to the next and the one before. */
import { ActionIcon, Button, Drawer, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense } from "react";
import type { Project } from "@/features/projects";
import { Loading } from "@/ui";
import type { RecordRow } from "./api/records";
import classes from "./RecordDrawer.module.css";

const RecordStory = lazy(() => import("@/features/review/RecordStory"));

type RecordDrawerProps = {
  project: Project;
  rows: readonly RecordRow[];
  openId: number | undefined;
  onOpen: (record: RecordRow | undefined) => void;
};

export function RecordDrawer({ project, rows, openId, onOpen }: RecordDrawerProps) {
  const at = rows.findIndex((record) => record.id === openId);
  const step = (by: 1 | -1) => {
    const next = rows[at + by];
    if (at !== -1 && next) onOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  };
  return (
    <Drawer
      opened={openId !== undefined}
      onClose={() => onOpen(undefined)}
      position="right"
      size="min(760px, 100vw)"
      title={rows[at]?.external_id ?? "Record"}
      transitionProps={{ duration: 120 }}
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
          </Group>
          <Suspense fallback={<Loading what="Opening the record" />}>
            <RecordStory project={project} recordId={openId} />
          </Suspense>
        </>
      )}
    </Drawer>
  );
}
