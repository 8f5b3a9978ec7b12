/** What a person must know although they did not ask: refused answers, records that went back, a silent server. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "@/lib/problem";
import classes from "./Notices.module.css";
import { type Refusal, useOutbox, useOutboxState } from "./outbox";
import type { QueueAtHand } from "./queue/useQueue";

export function Notices({ queue }: { queue: QueueAtHand }) {
  const { refused } = useOutboxState();
  return (
    <>
      {queue.late && (
        <p className={classes.notice} role="status">
          Nothing happened for a while, so this record went back to the queue. Go on: your answer is kept, and it counts
          unless others have finished the record by now.
        </p>
      )}
      {queue.trouble && queue.work && (
        <p className={classes.notice} role="status">
          {queue.trouble.message} You can go on with the records at hand.
        </p>
      )}
      {refused.map((refusal) => (
        <Refused key={refusal.op.id} refusal={refusal} queue={queue} />
      ))}
    </>
  );
}

function Refused({ refusal, queue }: { refusal: Refusal; queue: QueueAtHand }) {
  const outbox = useOutbox();
  const [problem, setProblem] = useState<string | null>(null);
  const { op } = refusal;
  const answers = op.kind === "answer" ? op.answers : undefined;
  const open = async () => {
    try {
      await queue.open(op.taskId, answers);
      outbox.dismiss(op.id);
    } catch (error) {
      setProblem(asProblem(error).message);
    }
  };
  return (
    <div className={classes.notice} data-kind="bad" role="alert">
      <span>
        <b>One {op.kind} was not accepted.</b> {problem ?? refusal.detail}
      </span>
      <span className={classes.deeds}>
        {!problem && (
          <Button size="compact-sm" variant="default" onClick={() => void open()}>
            Open it again
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => outbox.dismiss(op.id)}>
          Let it go
        </Button>
      </span>
    </div>
  );
}
