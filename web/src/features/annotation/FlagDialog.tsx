/** Something is wrong with the record: say what, and go on. */
import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Key } from "@/ui";
import classes from "./FlagDialog.module.css";

type FlagDialogProps = { open: boolean; onClose: () => void; onFlag: (reason: string) => void };

export function FlagDialog({ open, onClose, onFlag }: FlagDialogProps) {
  const [reason, setReason] = useState("");
  const flag = () => {
    if (!reason.trim()) return;
    onClose();
    onFlag(reason.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    flag();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    flag();
  };
  return (
    <Modal opened={open} onClose={onClose} title="Flag this record">
      <form onSubmit={submit}>
        <Textarea
          label="What is wrong with it?"
          description="An expert reads this. The record leaves your queue."
          placeholder="Cut off in the middle; not a customer message; …"
          autosize
          minRows={3}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          onKeyDown={onKey}
        />
        <div className={classes.foot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!reason.trim()} rightSection={<Key name="Enter" tone="quiet" />}>
            Flag
          </Button>
        </div>
      </form>
    </Modal>
  );
}
