/** Erase a person for good: what goes, what stays, and whether what they judged goes, too. */
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { ProblemNote } from "@/ui";
import classes from "./admin.module.css";
import { type Person, useErasePerson } from "./api/people";

export function ErasePerson({ person, onClose }: { person: Person | null; onClose: () => void }) {
  return (
    <Modal opened={person !== null} onClose={onClose} title={`Erase ${person?.name ?? ""}`}>
      {person && <Asking person={person} onClose={onClose} />}
    </Modal>
  );
}

function Asking({ person, onClose }: { person: Person; onClose: () => void }) {
  const [withdraw, setWithdraw] = useState(false);
  const [typed, setTyped] = useState("");
  const erase = useErasePerson();
  const isSure = typed.trim() === person.name;
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) erase.mutate({ person, withdraw }, { onSuccess: onClose });
      }}
    >
      <p>
        Their name, address, password, sessions and keys are erased now and cannot come back. What they judged stays
        under “Removed person {person.id}”, so that agreement stays right.
      </p>
      <Checkbox
        label="Withdraw what they judged, too"
        description="Their answers are emptied and count no longer; consensus is settled anew, and others are asked instead."
        checked={withdraw}
        onChange={(event) => setWithdraw(event.currentTarget.checked)}
      />
      <TextInput
        label={`Type ${person.name} to go on`}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {erase.isError && <ProblemNote error={erase.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={!isSure} loading={erase.isPending}>
          Erase for good
        </Button>
      </Group>
    </form>
  );
}
