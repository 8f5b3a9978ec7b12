/** API keys: make one, see its secret once, end it. */
import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { projectsQuery } from "@/features/projects";
import { ago, day } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Confirm } from "@/ui/Confirm";
import { Form } from "@/ui/Form";
import { SecretNote } from "@/ui/SecretNote";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import classes from "./admin.module.css";
import { type ApiKey, keysQuery, useCreateKey, useRevokeKey } from "./api/keys";

/** What a key may do, from everything down; a key never exceeds the person it belongs to. */
const SCOPES = [
  { value: "*", label: "Whatever I may do", scopes: ["*"] },
  { value: "read", label: "Read: records, answers, quality, releases", scopes: ["member", "view", "browse"] },
  { value: "annotate", label: "Annotate: pull from the queue and answer", scopes: ["member", "view", "annotate"] },
  { value: "manage", label: "Manage: import, release and read", scopes: ["member", "view", "browse", "manage"] },
];

export function KeyList({ everybody = false }: { everybody?: boolean }) {
  const keys = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  if (keys.isPending) return <Loading what="Fetching keys" />;
  if (keys.isError) return <ProblemNote error={keys.error} onRetry={keys.refetch} />;
  const make = (
    <Button leftSection={<KeyRound size={16} />} onClick={() => setMaking(true)}>
      New key
    </Button>
  );
  return (
    <div className={classes.stack}>
      {keys.data.length === 0 ? (
        <EmptyState icon={<KeyRound size={22} />} title="No API key yet" action={make}>
          <p>With a key, the command line, the SDK and your own scripts work in your name.</p>
        </EmptyState>
      ) : (
        <>
          <div>{make}</div>
          <KeyTable keys={keys.data} everybody={everybody} />
        </>
      )}
      <Modal opened={making} onClose={() => setMaking(false)} title="New API key">
        <NewKeyForm onDone={() => setMaking(false)} />
      </Modal>
    </div>
  );
}

function KeyTable({ keys, everybody }: { keys: readonly ApiKey[]; everybody: boolean }) {
  const revoke = useRevokeKey();
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const projects = useQuery(projectsQuery).data?.items;
  return (
    <>
      <TableFrame label="API keys">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Begins with</th>
            {everybody && <th scope="col">Belongs to</th>}
            <th scope="col">May</th>
            <th scope="col">Where</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
            <th scope="col">State</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td>
                <code className={classes.mono}>{key.prefix}…</code>
              </td>
              {everybody && <td>{key.person.name}</td>}
              <td data-quiet>{scopesInWords(key.scopes)}</td>
              <td data-quiet>
                {key.project_id ? projects?.find((p) => p.id === key.project_id)?.name : "Every project"}
              </td>
              <td data-quiet>{ago(key.created_at)}</td>
              <td data-quiet>{key.last_used_at ? ago(key.last_used_at) : "never"}</td>
              <td>
                <KeyState apiKey={key} />
              </td>
              <td data-deeds>
                {!key.revoked_at && (
                  <Button variant="subtle" size="xs" onClick={() => setEnding(key)}>
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      <Confirm
        opened={ending !== null}
        title={`Revoke “${ending?.name ?? ""}”?`}
        deed="Revoke the key"
        harmful
        busy={revoke.isPending}
        error={revoke.error}
        onClose={() => setEnding(null)}
        onConfirm={() => ending && revoke.mutate(ending.id, { onSuccess: () => setEnding(null) })}
      >
        Whatever uses it is refused from this moment on. A revoked key cannot be brought back; make a new one instead.
      </Confirm>
    </>
  );
}

function KeyState({ apiKey: { revoked_at, expires_at } }: { apiKey: ApiKey }) {
  if (revoked_at) return <Tag tone="quiet">Revoked {day(revoked_at)}</Tag>;
  if (expires_at && new Date(expires_at) < new Date()) return <Tag tone="quiet">Expired</Tag>;
  return <Tag tone="good">{expires_at ? `Works until ${day(expires_at)}` : "Works"}</Tag>;
}

function scopesInWords(scopes: readonly string[]): string {
  const whole = scopes.includes("*") || (scopes.includes("own") && scopes.includes("admin"));
  return whole ? "whatever its owner may" : scopes.filter((scope) => scope !== "member").join(", ");
}

function NewKeyForm({ onDone }: { onDone: () => void }) {
  const create = useCreateKey();
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const [name, setName] = useState("");
  const [scope, setScope] = useState("*");
  const [projectId, setProjectId] = useState("");
  const [days, setDays] = useState<number | string>("");
  if (create.isSuccess)
    return (
      <SecretNote
        label="Copy the key now"
        text={create.data.secret}
        note="It is shown only this once. Keep it like a password."
        onDone={onDone}
      />
    );
  const submit = () =>
    create.mutate({
      name,
      scopes: SCOPES.find((s) => s.value === scope)?.scopes ?? ["*"],
      project_id: projectId ? Number(projectId) : null,
      expires_in_days: days === "" ? null : Number(days),
    });
  return (
    <Form deed="Make the key" onSubmit={submit} busy={create.isPending} error={create.error}>
      <TextInput
        label="Name"
        description="What will use it"
        placeholder="nightly export"
        required
        withAsterisk={false}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        data-autofocus
      />
      <Choice titled label="It may" options={SCOPES} value={scope} onChange={setScope} />
      <Choice
        titled
        label="Where"
        options={[
          { value: "", label: "Every project I am in" },
          ...projects.map((p) => ({ value: String(p.id), label: `Only ${p.name}` })),
        ]}
        value={projectId}
        onChange={setProjectId}
      />
      <NumberInput
        label="Ends after"
        description="Days; leave empty for a key that works until it is revoked"
        min={1}
        max={3650}
        value={days}
        onChange={setDays}
        suffix=" days"
      />
    </Form>
  );
}
