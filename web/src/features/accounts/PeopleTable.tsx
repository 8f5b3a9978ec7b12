/** Everybody in the workspace: their role here, and whether they may come in. */
import { Button, Modal, Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { day } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { DeedsHead, TableFrame } from "@/ui/TableFrame";
import classes from "./admin.module.css";
import { type Person, type PersonChange, peopleQuery, useChangePerson } from "./api/people";
import { ErasePerson } from "./ErasePerson";
import { SessionList } from "./SessionList";
import { useMe } from "./session";
import { WORKSPACE_ROLES } from "./workspaceRoles";

export function PeopleTable() {
  const people = useInfiniteQuery(peopleQuery);
  const change = useChangePerson();
  const [shown, setShown] = useState<Person | null>(null);
  const [erased, setErased] = useState<Person | null>(null);
  if (people.isPending) return <Loading what="Fetching people" />;
  if (people.isError) return <ProblemNote error={people.error} onRetry={people.refetch} />;
  return (
    <div className={classes.stack}>
      {change.isError && <ProblemNote error={change.error} />}
      <TableFrame label="People">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col">Role in the workspace</th>
            <th scope="col">Here since</th>
            <th scope="col">May sign in</th>
            <DeedsHead />
          </tr>
        </thead>
        <tbody>
          {people.data.pages
            .flatMap((page) => page.items)
            .map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                onChange={(to) => change.mutate({ person, change: to })}
                onSessions={() => setShown(person)}
                onErase={() => setErased(person)}
              />
            ))}
        </tbody>
      </TableFrame>
      {people.hasNextPage && (
        <Button variant="default" loading={people.isFetchingNextPage} onClick={() => people.fetchNextPage()}>
          Show more people
        </Button>
      )}
      <p className={classes.hint}>
        Roles in a project are given in the project's settings. Somebody who may not sign in any more keeps their name
        on what they did.
      </p>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        size="xl"
        title={`Sessions of ${shown?.name ?? ""}`}
      >
        {shown && <SessionList whose={shown.id} />}
      </Modal>
      <ErasePerson person={erased} onClose={() => setErased(null)} />
    </div>
  );
}

type PersonRowProps = {
  person: Person;
  onChange: (change: PersonChange) => void;
  onSessions: () => void;
  onErase: () => void;
};

function PersonRow({ person, onChange, onSessions, onErase }: PersonRowProps) {
  const isMe = useMe().person.id === person.id;
  return (
    <tr>
      <th scope="row">
        {person.name} {isMe && <span className={classes.quiet}>(you)</span>}
      </th>
      <td data-quiet>{person.email}</td>
      <td>
        <Choice
          label={`Role of ${person.name}`}
          options={WORKSPACE_ROLES}
          value={person.workspace_role}
          disabled={isMe}
          onChange={(role) => onChange({ workspace_role: role as Person["workspace_role"] })}
        />
      </td>
      <td data-quiet>{day(person.created_at)}</td>
      <td>
        <Switch
          aria-label={`${person.name} may sign in`}
          checked={person.active}
          disabled={isMe}
          onChange={(e) => onChange({ active: e.currentTarget.checked })}
        />
      </td>
      <td data-deeds>
        <Button variant="subtle" size="xs" onClick={onSessions} aria-label={`Sessions of ${person.name}`}>
          Sessions
        </Button>
        {!isMe && !person.email.endsWith("@removed.invalid") && (
          <Button variant="subtle" color="red" size="xs" onClick={onErase} aria-label={`Erase ${person.name}`}>
            Erase
          </Button>
        )}
      </td>
    </tr>
  );
}
