/** Who works on what next: what is due, who may work on it, and changing both for the records that fit a filter. */
import { useQuery } from "@tanstack/react-query";
import { type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { count } from "@/lib/format";
import { Card, Loading, Page, ProblemNote, Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import classes from "./QueuePage.module.css";
import { dueQuery, lanesQuery } from "./requests";
import { SkillRules } from "./SkillRules";
import { SkillTable } from "./SkillTable";
import { SteerForm } from "./SteerForm";
import { SteeringTable } from "./SteeringTable";
import { dayOf, laneInWords } from "./words";

export function QueuePage() {
  const project = useProject(useProjectId());
  return (
    <Page title="Queue" lead="Which records come first, by when, and who may work on them.">
      <Section title="Due">
        <Due project={project} />
      </Section>
      <Section title="Change what comes next">
        <Card>
          <SteerForm project={project} />
        </Card>
      </Section>
      <Section title="Waiting, by what it asks of people">
        <Lanes project={project} />
      </Section>
      <Section title="Skills and languages">
        <div className={classes.stack}>
          <SkillTable project={project} />
          <SkillRules project={project} />
        </div>
      </Section>
      <Section title="Changes so far">
        <SteeringTable project={project} />
      </Section>
    </Page>
  );
}

function Due({ project }: { project: Project }) {
  const due = useQuery(dueQuery(project.id));
  if (due.isPending) return <Loading />;
  if (due.isError) return <ProblemNote error={due.error} onRetry={due.refetch} />;
  if (due.data.length === 0)
    return <p className={classes.quiet}>Nothing that still waits has a due date. Give records one below.</p>;
  const late = due.data.filter((day) => day.overdue).reduce((sum, day) => sum + day.waiting, 0);
  return (
    <>
      {late > 0 && (
        <p className={classes.late} role="status">
          {count(late)} overdue.
        </p>
      )}
      <TableFrame label="Due" capped>
        <thead>
          <tr>
            <th scope="col">By</th>
            <th scope="col" data-number>
              Waiting
            </th>
            <th scope="col" data-number>
              Not begun
            </th>
            <th scope="col">
              <span className="unseen">Overdue</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {due.data.map((day) => (
            <tr key={day.due_at}>
              <th scope="row">{dayOf(day.due_at)}</th>
              <td data-number>{count(day.waiting)}</td>
              <td data-number>{count(day.untouched)}</td>
              <td>{day.overdue && <Tag tone="bad">Overdue</Tag>}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}

function Lanes({ project }: { project: Project }) {
  const lanes = useQuery(lanesQuery(project.id));
  if (lanes.isPending) return <Loading />;
  if (lanes.isError) return <ProblemNote error={lanes.error} onRetry={lanes.refetch} />;
  return (
    <TableFrame label="Waiting, by what it asks of people">
      <thead>
        <tr>
          <th scope="col">Asks for</th>
          <th scope="col" data-number>
            Waiting
          </th>
          <th scope="col">Who may</th>
        </tr>
      </thead>
      <tbody>
        {lanes.data.map((lane) => (
          <tr key={[...lane.skills, ...lane.among.map((one) => one.id)].join("|")}>
            <th scope="row">{laneInWords(lane)}</th>
            <td data-number>{count(lane.waiting)}</td>
            <td>
              {lane.people.length === 0 ? (
                <Tag tone="bad">Nobody</Tag>
              ) : (
                <span className={classes.names}>{lane.people.map((person) => person.name).join(", ")}</span>
              )}
              {lane.nobody_left > 0 && (
                <p className={classes.late}>
                  {count(lane.nobody_left)} {lane.nobody_left === 1 ? "waits" : "wait"} in vain: as many people as may
                  have answered. Let others work on them below.
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
