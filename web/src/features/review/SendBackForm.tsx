/** Why a record goes back, and to whom where several have answered. Ctrl+Enter sends it. */
import { Button, Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import type { Case } from "./api/cases";
import classes from "./DecisionForm.module.css";

type SendBackFormProps = {
  one: Case;
  busy: boolean;
  onSend: (reason: string, annotators: readonly string[]) => void;
  onCancel: () => void;
};

export function SendBackForm({ one, busy, onSend, onCancel }: SendBackFormProps) {
  const people = [...new Set([...one.opinion_list.map((each) => each.annotator), ...one.flags.map((flag) => flag.by)])];
  const [reason, setReason] = useState("");
  const [to, setTo] = useState<readonly string[]>(people);
  const ready = reason.trim() !== "" && to.length > 0 && !busy;
  const send = () => {
    if (ready) onSend(reason.trim(), to);
  };
  useKeys([
    { keys: "mod+Enter", title: "Send it back, next case", group: "Review", whileTyping: true, run: send },
    { keys: "Escape", title: "Do not send it back", group: "Review", whileTyping: true, run: onCancel },
  ]);
  return (
    <div className={classes.back}>
      <Textarea
        label="Send it back"
        description={
          one.opinion_list.length > 0
            ? "They get it again at once, with this reason; their correction comes back to you."
            : "Whoever flagged it gets it again at once, with this reply; their answer comes back to you."
        }
        placeholder="For example: read the last line again"
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        autoFocus
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      {people.length > 1 && (
        <Checkbox.Group label="To whom" value={[...to]} onChange={setTo}>
          <div className={classes.people}>
            {people.map((name) => (
              <Checkbox key={name} value={name} label={name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <div className={classes.foot}>
        <Button variant="subtle" onClick={onCancel} rightSection={<Key name="Escape" of="Review" tone="quiet" />}>
          Cancel
        </Button>
        <Button
          className={classes.decide}
          variant={ready ? "filled" : "default"}
          loading={busy}
          onClick={send}
          rightSection={<Key name="mod+Enter" of="Review" tone="quiet" />}
        >
          Send back
        </Button>
      </div>
    </div>
  );
}
