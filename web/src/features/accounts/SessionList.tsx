/** Where somebody is signed in, and the way to end it: one place, or all others at once. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { MonitorOff } from "lucide-react";
import { useState } from "react";
import { ago, moment } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { Confirm } from "@/ui/Confirm";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import classes from "./admin.module.css";
import { type Session, sessionsQuery, useEndAllSessions, useEndSession, type Whose } from "./api/sessions";

export function SessionList({ whose }: { whose: Whose }) {
  const sessions = useQuery(sessionsQuery(whose));
  const end = useEndSession(whose);
  if (sessions.isPending) return <Loading what="Fetching sessions" />;
  if (sessions.isError) return <ProblemNote error={sessions.error} onRetry={sessions.refetch} />;
  if (sessions.data.length === 0)
    return (
      <EmptyState icon={<MonitorOff size={22} />} title="Signed in nowhere">
        <p>Whoever works through an API key alone has no sessions.</p>
      </EmptyState>
    );
  return (
    <div className={classes.stack}>
      {end.isError && <ProblemNote error={end.error} />}
      <TableFrame label="Sessions">
        <thead>
          <tr>
            <th scope="col">Device</th>
            <th scope="col">From</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} busy={end.isPending} onEnd={() => end.mutate(session.id)} />
          ))}
        </tbody>
      </TableFrame>
      <EndAll whose={whose} others={sessions.data.filter((session) => !session.is_current).length} />
    </div>
  );
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  return (
    <tr>
      <th scope="row">
        {session.device} {session.provider && <span className={classes.quiet}>with {session.provider}</span>}
      </th>
      <td data-quiet>
        <code className={classes.mono}>{session.address ?? "unknown"}</code>
      </td>
      <td data-quiet>
        <time dateTime={session.created_at}>{moment(session.created_at)}</time>
      </td>
      <td data-quiet>
        <time dateTime={session.last_used_at}>{ago(session.last_used_at)}</time>
      </td>
      <td data-deeds>
        {session.is_current ? (
          <Tag tone="good">This one</Tag>
        ) : (
          <Button variant="subtle" size="xs" disabled={busy} onClick={onEnd} aria-label={`End ${session.device}`}>
            End
          </Button>
        )}
      </td>
    </tr>
  );
}

function EndAll({ whose, others }: { whose: Whose; others: number }) {
  const endAll = useEndAllSessions(whose);
  const [asking, setAsking] = useState(false);
  const words = whose === "mine" ? "End all others" : "End all";
  if (others === 0) return null;
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words}
      </Button>
      <Confirm
        opened={asking}
        title={`${words}?`}
        deed="End the sessions"
        harmful
        busy={endAll.isPending}
        error={endAll.error}
        onClose={() => setAsking(false)}
        onConfirm={() => endAll.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        Whoever works there is asked to sign in again. Drafts and answers stay.
      </Confirm>
    </div>
  );
}
