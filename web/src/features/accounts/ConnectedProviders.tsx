/** The identity providers that sign one in: connect another, remove one. Both ask for a sign-in a moment ago. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ago, moment } from "@/lib/format";
import { Problem } from "@/lib/problem";
import { Loading, ProblemNote } from "@/ui";
import { Confirm } from "@/ui/Confirm";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import classes from "./admin.module.css";
import { type Identity, identitiesQuery, useConnect, useDisconnect } from "./api/identities";
import { type Way, waysQuery } from "./api/ways";

export function ConnectedProviders({ trouble }: { trouble: string | undefined }) {
  const mine = useQuery(identitiesQuery);
  const ways = useQuery(waysQuery);
  const [removing, setRemoving] = useState<Identity>();
  if (mine.isPending || ways.isPending) return <Loading what="Fetching what is connected" />;
  if (mine.isError) return <ProblemNote error={mine.error} onRetry={mine.refetch} />;
  if (ways.isError) return <ProblemNote error={ways.error} onRetry={ways.refetch} />;
  const { identities, may_change_until } = mine.data;
  const mayChange = may_change_until !== null && new Date(may_change_until) > new Date();
  const told = trouble && ways.data.troubles[trouble];
  return (
    <div className={classes.stack}>
      {told && <ProblemNote error={new Problem(409, "Not connected", told)} />}
      {identities.length === 0 ? (
        <p className={classes.quiet}>
          No identity provider signs you in yet. Connect one, and you need no password here.
        </p>
      ) : (
        <IdentityTable identities={identities} mayChange={mayChange} onRemove={setRemoving} />
      )}
      {mayChange ? (
        <ConnectButtons ways={ways.data.providers.filter((way) => !isConnected(way, identities))} />
      ) : (
        <SignInAgain />
      )}
      <Removal identity={removing} onClose={() => setRemoving(undefined)} />
    </div>
  );
}

type IdentityTableProps = {
  identities: readonly Identity[];
  mayChange: boolean;
  onRemove: (identity: Identity) => void;
};

function IdentityTable({ identities, mayChange, onRemove }: IdentityTableProps) {
  return (
    <TableFrame label="Connected providers">
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col">Connected</th>
          <th scope="col">Last used</th>
          <DeedsHead />
        </tr>
      </thead>
      <tbody>
        {identities.map((identity) => (
          <tr key={identity.id}>
            <th scope="row">
              {identity.title} {!identity.is_offered && <Tag tone="bad">Not offered any more</Tag>}
            </th>
            <td data-quiet>
              <time dateTime={identity.connected_at}>{moment(identity.connected_at)}</time>
            </td>
            <td data-quiet>
              <time dateTime={identity.last_used_at}>{ago(identity.last_used_at)}</time>
            </td>
            <td data-deeds>
              {identity.may_be_removed ? (
                <Button
                  variant="subtle"
                  size="xs"
                  disabled={!mayChange}
                  onClick={() => onRemove(identity)}
                  aria-label={`Remove ${identity.title}`}
                >
                  Remove
                </Button>
              ) : (
                <Tag>Your only way in</Tag>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function isConnected(way: Way, identities: readonly Identity[]): boolean {
  return identities.some((identity) => identity.provider === way.name);
}

function ConnectButtons({ ways }: { ways: readonly Way[] }) {
  const connect = useConnect();
  return (
    <>
      {connect.isError && <ProblemNote error={connect.error} />}
      <div className={classes.row}>
        {ways.map((way) => (
          <Button
            key={way.name}
            variant="default"
            loading={connect.isPending && connect.variables === way.name}
            onClick={() => connect.mutate(way.name)}
          >
            Connect {way.title}
          </Button>
        ))}
      </div>
    </>
  );
}

function SignInAgain() {
  return (
    <p className={classes.quiet}>
      You signed in some time ago.{" "}
      <Link to="/signin" search={{ next: "/account" }}>
        Sign in again
      </Link>{" "}
      to connect or remove a provider.
    </p>
  );
}

function Removal({ identity, onClose }: { identity: Identity | undefined; onClose: () => void }) {
  const remove = useDisconnect();
  return (
    <Confirm
      opened={identity !== undefined}
      title={`Remove ${identity?.title ?? "the provider"}?`}
      deed="Remove"
      harmful
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => identity && remove.mutate(identity.id, { onSuccess: onClose })}
    >
      It signs you in no more, and your other sessions that began with it end. An account there whose address is the one
      you have here is connected again when it is next used to sign in.
    </Confirm>
  );
}
