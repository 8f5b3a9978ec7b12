/** Invite somebody by link, and take links back that nobody used yet. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link as LinkIcon, UserPlus } from "lucide-react";
import { useState } from "react";
import { projectsQuery } from "@/features/projects";
import { ago, day } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import classes from "./admin.module.css";
import { type Invitation, invitationsQuery, useInvite, useRevokeInvitation } from "./api/invitations";
import { InvitationLink } from "./InvitationLink";
import { PROJECT_ROLES } from "./projectRoles";
import { WORKSPACE_ROLES } from "./workspaceRoles";

export function Invitations() {
  const invitations = useQuery(invitationsQuery);
  const [inviting, setInviting] = useState(false);
  if (invitations.isPending) return <Loading what="Fetching invitations" />;
  if (invitations.isError) return <ProblemNote error={invitations.error} onRetry={invitations.refetch} />;
  const invite = (
    <Button leftSection={<UserPlus size={16} />} onClick={() => setInviting(true)}>
      Invite somebody
    </Button>
  );
  return (
    <div className={classes.stack}>
      {invitations.data.length === 0 ? (
        <EmptyState icon={<LinkIcon size={22} />} title="Nobody is invited" action={invite}>
          <p>An invitation is a link. Whoever opens it chooses a name and a password and is in.</p>
        </EmptyState>
      ) : (
        <>
          <div>{invite}</div>
          <InvitationTable invitations={invitations.data} />
        </>
      )}
      <Modal opened={inviting} onClose={() => setInviting(false)} title="Invite somebody">
        <InviteForm onDone={() => setInviting(false)} />
      </Modal>
    </div>
  );
}

function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const projects = useQuery(projectsQuery).data?.items;
  const revoke = useRevokeInvitation();
  const nameOf = (id: number | null) => projects?.find((project) => project.id === id)?.name;
  return (
    <>
      {revoke.isError && <ProblemNote error={revoke.error} />}
      <TableFrame label="Invitations">
        <thead>
          <tr>
            <th scope="col">For</th>
            <th scope="col">As</th>
            <th scope="col">Made</th>
            <th scope="col">State</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <tr key={invitation.id}>
              <th scope="row">{invitation.email ?? "Whoever has the link"}</th>
              <td>
                {invitation.role
                  ? `${invitation.role} of ${nameOf(invitation.project_id) ?? "a project"}`
                  : invitation.workspace_role}
              </td>
              <td data-quiet>{ago(invitation.created_at)}</td>
              <td>
                <InvitationState invitation={invitation} />
              </td>
              <td data-deeds>
                {isOpen(invitation) && (
                  <Button variant="subtle" size="xs" onClick={() => revoke.mutate(invitation.id)}>
                    Take back
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}

function InvitationState({ invitation }: { invitation: Invitation }) {
  if (invitation.accepted_at) return <Tag tone="good">Accepted</Tag>;
  if (invitation.revoked_at) return <Tag tone="quiet">Taken back</Tag>;
  if (!isOpen(invitation)) return <Tag tone="quiet">Expired</Tag>;
  return <Tag tone="gold">Open until {day(invitation.expires_at)}</Tag>;
}

function isOpen({ accepted_at, revoked_at, expires_at }: Invitation): boolean {
  return !accepted_at && !revoked_at && new Date(expires_at) > new Date();
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const invite = useInvite();
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const [email, setEmail] = useState("");
  const [workspaceRole, setWorkspaceRole] = useState("member");
  const [projectId, setProjectId] = useState("");
  const [role, setRole] = useState("annotator");
  if (invite.isSuccess) return <InvitationLink invitation={invite.data} onDone={onDone} />;
  const submit = () =>
    invite.mutate({
      email: email || null,
      workspace_role: workspaceRole as Invitation["workspace_role"],
      project_id: projectId ? Number(projectId) : null,
      role: projectId ? (role as NonNullable<Invitation["role"]>) : null,
    });
  return (
    <Form deed="Make the link" onSubmit={submit} busy={invite.isPending} error={invite.error}>
      <TextInput
        label="E-mail"
        description="Only this address may then use the link. Leave empty for anybody who has it."
        type="email"
        value={email}
        onChange={(e) => setEmail(e.currentTarget.value)}
        data-autofocus
      />
      <Choice
        titled
        label="Role in the workspace"
        options={WORKSPACE_ROLES}
        value={workspaceRole}
        onChange={setWorkspaceRole}
      />
      <Choice
        titled
        label="Project"
        options={[
          { value: "", label: "None for now" },
          ...projects.map((project) => ({ value: String(project.id), label: project.name })),
        ]}
        value={projectId}
        onChange={setProjectId}
      />
      {projectId && (
        <Choice titled label="Role in the project" options={PROJECT_ROLES} value={role} onChange={setRole} />
      )}
    </Form>
  );
}
