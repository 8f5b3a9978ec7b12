/** Asks before something that others notice. Says what will happen, and the button says the deed, never "OK". */
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemNote } from "./ProblemNote";

type ConfirmProps = {
  opened: boolean;
  title: string;
  deed: string;
  children: ReactNode;
  harmful?: boolean;
  busy?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
};

export function Confirm({ opened, title, deed, children, harmful, busy, error, onConfirm, onClose }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      {children}
      {error != null && <ProblemNote error={error} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button color={harmful ? "red" : undefined} loading={busy} onClick={onConfirm} data-autofocus>
          {deed}
        </Button>
      </Group>
    </Modal>
  );
}
