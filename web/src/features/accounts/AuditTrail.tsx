/** Every change, who made it and when; kept by the server in the same transaction as the change itself. */
import { Button, Group, Menu, TextInput } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { projectsQuery } from "@/features/projects";
import { moment } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { TableFrame } from "@/ui/TableFrame";
import classes from "./admin.module.css";
import { type AuditEntry, type AuditFilter, auditQuery, exportPath } from "./api/audit";
import { peopleQuery } from "./api/people";
import { ACTIONS, actionInWords, detailsInWords, SUBJECTS } from "./auditWords";

export function AuditTrail() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const audit = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData });
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.stack}>
      <Filters filter={filter} onChange={setFilter} />
      <Export filter={filter} />
      {audit.isPending && <Loading what="Fetching the trail" />}
      {audit.isError && <ProblemNote error={audit.error} onRetry={audit.refetch} />}
      {audit.isSuccess && entries.length === 0 && (
        <EmptyState icon={<ScrollText size={22} />} title="Nothing matches">
          <p>Take a filter away to see more.</p>
        </EmptyState>
      )}
      {entries.length > 0 && <Trail entries={entries} />}
      {audit.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => audit.fetchNextPage()}>
            Show earlier changes
          </Button>
        </Group>
      )}
    </div>
  );
}

function Filters({ filter, onChange }: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const people = useInfiniteQuery(peopleQuery).data?.pages.flatMap((page) => page.items) ?? [];
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const any = { value: "", label: "All" };
  const set = (part: AuditFilter) => {
    const next = Object.entries({ ...filter, ...part }).filter(([, value]) => value);
    onChange(Object.fromEntries(next));
  };
  return (
    <div className={classes.filters}>
      <Choice
        titled
        label="What"
        options={[any, ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label }))]}
        value={filter.action ?? ""}
        onChange={(action) => set({ action })}
      />
      <Choice
        titled
        label="Who"
        options={[any, ...people.map((person) => ({ value: String(person.id), label: person.name }))]}
        value={String(filter.person_id ?? "")}
        onChange={(id) => set({ person_id: Number(id) })}
      />
      <Choice
        titled
        label="Where"
        options={[any, ...projects.map((project) => ({ value: String(project.id), label: project.name }))]}
        value={String(filter.project_id ?? "")}
        onChange={(id) => set({ project_id: Number(id) })}
      />
      <Choice
        titled
        label="About"
        options={[any, ...Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }))]}
        value={filter.subject ?? ""}
        onChange={(subject) => set({ subject })}
      />
      <TextInput
        type="date"
        label="From"
        value={filter.from ?? ""}
        max={filter.to}
        onChange={(e) => set({ from: e.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        value={filter.to ?? ""}
        min={filter.from}
        onChange={(e) => set({ to: e.currentTarget.value })}
      />
    </div>
  );
}

/** The trail as it is filtered, to take away. */
function Export({ filter }: { filter: AuditFilter }) {
  return (
    <Group justify="space-between" align="flex-start">
      <p className={classes.hint}>
        Each entry is chained to the one before it by a hash, so that none can be changed or removed unnoticed:{" "}
        <code className={classes.mono}>goldsmith admin verify-audit</code> goes through the chain.
      </p>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={16} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={exportPath(filter, "jsonl")} download>
            JSON lines, with the chain to verify
          </Menu.Item>
          <Menu.Item component="a" href={exportPath(filter, "csv")} download>
            CSV, for a spreadsheet
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function Trail({ entries }: { entries: readonly AuditEntry[] }) {
  const projects = useQuery(projectsQuery).data?.items;
  const people = useInfiniteQuery(peopleQuery).data?.pages.flatMap((page) => page.items);
  const nameOf = (subject: string) => {
    const [kind, id] = subject.split(":");
    if (kind === "person") return people?.find((person) => String(person.id) === id)?.name;
    if (kind === "project") return projects?.find((project) => String(project.id) === id)?.name;
    return undefined;
  };
  return (
    <TableFrame label="Audit trail">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Where</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td data-quiet>
              <time dateTime={entry.at}>{moment(entry.at)}</time>
            </td>
            <th scope="row">
              {entry.person?.name ?? "The server"} {entry.key_id && <span className={classes.quiet}>by API key</span>}
            </th>
            <td>{actionInWords(entry.action)}</td>
            <td data-quiet>{projects?.find((project) => project.id === entry.project_id)?.name ?? "Workspace"}</td>
            <td className={classes.details}>{detailsInWords(entry, nameOf(entry.subject))}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
