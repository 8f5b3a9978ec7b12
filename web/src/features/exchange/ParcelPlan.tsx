/** What comes of a file of another tool: how much, which questions, who, and what stays behind. Then the project. */
import { Button, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { jobQuery } from "@/features/records/api/jobs";
import { JobCard } from "@/features/records/JobCard";
import { bytes, count, plural } from "@/lib/format";
import { ProblemNote, Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import { type Brought, type Parcel, useBringProject } from "./api/parcels";
import classes from "./BringPage.module.css";
import { lossInWords } from "./lossWords";

type ParcelPlanProps = { parcel: Parcel; onAnother: () => void };

export function ParcelPlan({ parcel, onAnother }: ParcelPlanProps) {
  const bring = useBringProject(parcel.id);
  return (
    <>
      <p className={classes.file}>
        <strong>{parcel.filename}</strong>
        <span className={classes.quiet}>
          {parcel.tool_title}, {bytes(parcel.size_bytes)}
        </span>
        {!bring.data && (
          <Button variant="subtle" size="xs" onClick={onAnother}>
            Another file
          </Button>
        )}
      </p>
      {bring.data ? <Filling brought={bring.data} /> : <Plan parcel={parcel} bring={bring} />}
    </>
  );
}

function Plan({ parcel, bring }: { parcel: Parcel; bring: ReturnType<typeof useBringProject> }) {
  const { contents } = parcel;
  const [name, setName] = useState(() => parcel.filename.replace(/\.[^.]+$/, "").slice(0, 200));
  const [overlap, setOverlap] = useState<string | number>(contents.overlap);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    bring.mutate({ name, description: "", overlap: Number(overlap) || null });
  };
  return (
    <>
      <Counts parcel={parcel} />
      <Questions parcel={parcel} />
      {contents.people > 0 && <People parcel={parcel} />}
      <LeftBehind parcel={parcel} />
      <Section title="Make the project">
        {bring.isError && <ProblemNote error={bring.error} />}
        <form className={classes.make} onSubmit={submit}>
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            maxLength={200}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <NumberInput label="People asked about each record" min={1} max={50} value={overlap} onChange={setOverlap} />
          <Button type="submit" loading={bring.isPending} disabled={!name.trim()}>
            Make the project
          </Button>
        </form>
      </Section>
    </>
  );
}

function Counts({ parcel: { contents } }: { parcel: Parcel }) {
  const told = [
    ["record", "records", contents.records],
    ["answer", "answers", contents.answers],
    ["skip", "skips", contents.skipped],
    ["draft", "drafts", contents.drafts],
    ["suggestion", "suggestions", contents.suggestions],
    ["person", "people", contents.people],
  ] as const;
  return (
    <dl className={classes.counts}>
      {told.map(
        ([one, many, n]) =>
          (n > 0 || many === "records") && (
            <div key={many}>
              <dt>{n === 1 ? one : many}</dt>
              <dd>{count(n)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Questions({ parcel }: { parcel: Parcel }) {
  return (
    <Section title="What is asked">
      <TableFrame label="What is asked">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Kind</th>
            <th scope="col">Options</th>
            <th scope="col">Must be answered</th>
          </tr>
        </thead>
        <tbody>
          {parcel.questions.map((question) => {
            const options = Array.isArray(question.options) ? question.options.length : 0;
            return (
              <tr key={String(question.name)}>
                <th scope="row">{String(question.title)}</th>
                <td>{String(question.type).replaceAll("_", " ")}</td>
                <td>{options > 0 ? count(options) : ""}</td>
                <td>{question.required ? "yes" : "no"}</td>
              </tr>
            );
          })}
        </tbody>
      </TableFrame>
    </Section>
  );
}

function People({ parcel }: { parcel: Parcel }) {
  const more = parcel.contents.people - parcel.people.length;
  return (
    <Section title="Who answered">
      <p className={classes.words}>
        Members keep their account, and get no role in the project by this. Everybody else is kept as an inactive person
        who cannot sign in until an owner invites them by their address.
      </p>
      <TableFrame label="Who answered">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Address</th>
            <th scope="col" data-number>
              Answers
            </th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {parcel.people.map((person) => (
            <tr key={person.key}>
              <th scope="row">{person.name || person.key}</th>
              <td>{person.email ?? ""}</td>
              <td data-number>{count(person.answers)}</td>
              <td>
                {person.is_member ? <Tag tone="good">member</Tag> : <Tag tone="quiet">inactive until invited</Tag>}
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {more > 0 && <p className={classes.quiet}>and {plural(more, "other")}</p>}
    </Section>
  );
}

function LeftBehind({ parcel }: { parcel: Parcel }) {
  if (parcel.left_behind.length === 0)
    return (
      <Section title="What stays behind">
        <p className={classes.words}>Nothing: all that the file says has a place here.</p>
      </Section>
    );
  return (
    <Section title="What stays behind">
      <TableFrame label="What stays behind">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" data-number>
              How often
            </th>
            <th scope="col">Such as</th>
          </tr>
        </thead>
        <tbody>
          {parcel.left_behind.map((one) => (
            <tr key={one.reason}>
              <th scope="row">{lossInWords(one.reason)}</th>
              <td data-number>{count(one.count)}</td>
              <td>
                <span className={classes.example} title={one.example}>
                  {one.example}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </Section>
  );
}

function Filling({ brought }: { brought: Brought }) {
  const job = useQuery(jobQuery(brought.project_id, brought.job.id)).data ?? brought.job;
  return (
    <div className={classes.done}>
      <JobCard projectId={brought.project_id} job={job} />
      <Button component={Link} to={`/projects/${brought.project_id}`}>
        Open the project
      </Button>
    </div>
  );
}
