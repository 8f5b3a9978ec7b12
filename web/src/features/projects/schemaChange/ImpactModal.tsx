/** Before questions that people have answered change: what that does. Enter goes on, Esc leaves everything as it is. */
import { Button, Group, Modal } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Key, Loading, ProblemNote } from "@/ui";
import type { Impact } from "../api/schema";
import { ImpactView } from "./ImpactView";

type ImpactModalProps = {
  projectId: number;
  title: string;
  deed: string;
  preview: UseQueryResult<Impact>;
  sentencesOf: (impact: Impact) => readonly string[];
  busy: boolean;
  error: unknown;
  onGo: () => void;
  onClose: () => void;
};

export function ImpactModal(props: ImpactModalProps) {
  const { projectId, title, deed, preview, sentencesOf, busy, error, onGo, onClose } = props;
  return (
    <Modal opened onClose={onClose} size="lg" title={title}>
      {preview.isPending && <Loading what="Looking through the answers" />}
      {preview.isError && <ProblemNote error={preview.error} onRetry={preview.refetch} />}
      {preview.data && (
        <>
          <ImpactView projectId={projectId} impact={preview.data} sentences={sentencesOf(preview.data)} />
          {error != null && <ProblemNote error={error} />}
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button autoFocus loading={busy} onClick={onGo} rightSection={<Key name="Enter" tone="quiet" />}>
              {deed}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
