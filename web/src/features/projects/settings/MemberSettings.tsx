/** Who is in the project and as what; add from the workspace, or invite by link. */
import { ActionIcon, Button, Modal, Tooltip } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link as LinkIcon, UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/accounts";
import { useInvite } from "@/features/accounts/api/invitations";
import { peopleQuery } from "@/features/accounts/api/people";
import { InvitationLink } from "@/features/accounts/InvitationLink";
import { PROJECT_ROLES } from "@/features/accounts/projectRoles";
import { Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import { type Member, membersQuery, type Role, useGiveRole } from "../api/members";
import type { Project } from "../queries";
import classes from "./settings.module.css";

export function MemberSettings({ project }: { project: Project }) {
  const me = useMe();
  const members = useQuery(membersQuery(project.id));
  const [open, setOpen] = useState<"add" | "invite" | null>(null);
  if (members.isPending) return <Loading what="Fetching members" />;
  if (members.isError) return <ProblemNote error={members.error} onRetry={members.refetch} />;
  return (
    <div className={classes.narrow}>
      <div className={classes.deeds}>
        {me.workspace_role !== "member" && (
          <Button leftSection={<UserPlus size={16} />} onClick={() => setOpen("add")}>
            Add somebody
          </Button>
        )}
        {me.workspace_role === "owner" && (
          <Button variant="default" leftSection={<LinkIcon size={16} />} onClick={() => setOpen("invite")}>
            Invite by link
          </Button>
        )}
      </div>
      {me.workspace_role === "member" && (
        <p className={classes.words}>People who are not in this list are added by a manager of the workspace.</p>
      )}
      <MemberTable project={project} members={members.data} />
      <Modal opened={open === "add"} onClose={() => setOpen(null)} title="Add somebody of this workspace">
        <AddForm project={project} members={members.data} onDone={() => setOpen(null)} />
      </Modal>
      <Modal opened={open === "invite"} onClose={() => setOpen(null)} title={`Invite somebody to “${project.name}”`}>
        <InviteForm project={project} onDone={() => setOpen(null)} />
      </Modal>
    </div>
  );
}

function MemberTable({ project, members }: { project: Project; members: readonly Member[] }) {
  const me = useMe();
  const give = useGiveRole(project.id);
  return (
    <div className={classes.stack}>
      {give.isError && <ProblemNote error={give.error} />}
      <TableFrame label="Members">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col">Role</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {members.map(({ role, ...person }) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name} {person.id === me.person.id && <span className={classes.quiet}>(you)</span>}
              </th>
              <td data-quiet>{person.email}</td>
              <td>
                <Choice
                  label={`Role of ${person.name}`}
                  options={PROJECT_ROLES}
                  value={role}
                  onChange={(next) => give.mutate({ person, role: next as Role })}
                />
              </td>
              <td data-deeds>
                <Tooltip label="Take the role away; what they did stays">
                  <ActionIcon aria-label={`Remove ${person.name}`} onClick={() => give.mutate({ person, role: null })}>
                    <UserMinus size={16} />
                  </ActionIcon>
                </Tooltip>
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}

type FormProps = { project: Project; onDone: () => void };

function AddForm({ project, members, onDone }: FormProps & { members: readonly Member[] }) {
  const people = useInfiniteQuery(peopleQuery).data?.pages.flatMap((page) => page.items) ?? [];
  const give = useGiveRole(project.id);
  const [personId, setPersonId] = useState("");
  const [role, setRole] = useState("annotator");
  const known = new Set(members.map((member) => member.id));
  const others = people.filter((person) => person.active && !known.has(person.id));
  const person = others.find((one) => String(one.id) === personId);
  return (
    <Form
      deed="Add"
      disabled={!person}
      onSubmit={() => person && give.mutate({ person, role: role as Role }, { onSuccess: onDone })}
      busy={give.isPending}
      error={give.error}
    >
      <Choice
        titled
        label="Person"
        description={others.length === 0 ? "Everybody of the workspace is in this project." : undefined}
        options={[
          { value: "", label: "Choose somebody" },
          ...others.map((person) => ({ value: String(person.id), label: `${person.name}, ${person.email}` })),
        ]}
        value={personId}
        onChange={setPersonId}
      />
      <Choice titled label="Role" options={PROJECT_ROLES} value={role} onChange={setRole} />
    </Form>
  );
}

function InviteForm({ project, onDone }: FormProps) {
  const invite = useInvite();
  const [role, setRole] = useState("annotator");
  if (invite.isSuccess) return <InvitationLink invitation={invite.data} onDone={onDone} />;
  return (
    <Form
      deed="Make the link"
      onSubmit={() => invite.mutate({ project_id: project.id, role: role as Role, workspace_role: "member" })}
      busy={invite.isPending}
      error={invite.error}
    >
      <Choice titled label="Role" options={PROJECT_ROLES} value={role} onChange={setRole} />
    </Form>
  );
}
