/** Choose records, say what becomes of them, see what that touches, do it. */
import { Checkbox, MultiSelect, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { RecordFilters } from "@/features/records/RecordFilters";
import { EVERYTHING } from "@/features/records/recordFilter";
import { count, plural } from "@/lib/format";
import { ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import classes from "./QueuePage.module.css";
import { type Change, previewQuery, type SteerPreview, skillsQuery, useSteer } from "./requests";
import { endOfDay } from "./words";

type Whom = "same" | "anybody" | "skills" | "people";
type Wish = { priority: number | ""; day: string; noDay: boolean; whom: Whom; skills: string[]; people: string[] };

const NOTHING: Wish = { priority: "", day: "", noDay: false, whom: "same", skills: [], people: [] };
const WHOM = [
  { value: "same", label: "As it is" },
  { value: "anybody", label: "Anybody" },
  { value: "skills", label: "People with certain skills" },
  { value: "people", label: "Certain people" },
];

export function SteerForm({ project }: { project: Project }) {
  const [filter, setFilter] = useState(EVERYTHING);
  const [wish, setWish] = useState(NOTHING);
  const set = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }));
  const change = changeOf(wish);
  const steer = useSteer(project.id);
  const { q, state, facet, sort: _, ...rest } = filter;
  const selection = { q: q || null, states: state, facets: facet, ...rest };
  const body = { selection, change: change ?? { priority: 0, no_due_date: false } };
  const preview = useQuery({ ...previewQuery(project.id, body), enabled: change !== null });
  const n = preview.data?.waiting ?? 0;
  const ready = change !== null && n > 0 && !preview.isPlaceholderData;
  return (
    <Form
      deed={change && n > 0 ? `Change ${plural(n, "record")}` : "Change"}
      onSubmit={() => steer.mutate(body, { onSuccess: () => setWish(NOTHING) })}
      busy={steer.isPending}
      error={steer.error}
      disabled={!ready}
    >
      <div>
        <h3 className={classes.step}>Which records</h3>
        <RecordFilters projectId={project.id} filter={filter} onChange={setFilter} />
      </div>
      <div>
        <h3 className={classes.step}>What becomes of them</h3>
        <Wishes project={project} wish={wish} set={set} />
      </div>
      {change && preview.isError && <ProblemNote error={preview.error} />}
      {change && preview.data && <Touched preview={preview.data} />}
    </Form>
  );
}

type WishesProps = { project: Project; wish: Wish; set: (part: Partial<Wish>) => void };

function Wishes({ project, wish, set }: WishesProps) {
  const people = useQuery(skillsQuery(project.id)).data ?? [];
  const known = [...new Set(people.flatMap((one) => one.skills))].sort();
  return (
    <div className={classes.wishes}>
      <NumberInput
        label="Priority"
        description="Higher comes sooner; 0 is usual"
        placeholder="As it is"
        min={-1000}
        max={1000}
        value={wish.priority}
        onChange={(n) => set({ priority: n === "" ? "" : Number(n) })}
      />
      <div>
        <TextInput
          type="date"
          label="Due by the end of"
          description={hasPassed(wish.day) ? "This day has passed" : "Within a priority, what is due comes first"}
          disabled={wish.noDay}
          value={wish.day}
          onChange={(e) => set({ day: e.currentTarget.value })}
        />
        <Checkbox
          mt={8}
          label="No due date"
          checked={wish.noDay}
          onChange={(e) => set({ noDay: e.currentTarget.checked, day: "" })}
        />
      </div>
      <Choice
        titled
        label="Who may work on them"
        description="Nobody else is given them"
        options={WHOM}
        value={wish.whom}
        onChange={(whom) => set({ whom: whom as Whom })}
      />
      {wish.whom === "skills" && (
        <TagsInput
          label="Skills, all of them"
          description="Languages are skills, too"
          data={known}
          value={wish.skills}
          onChange={(skills) => set({ skills })}
        />
      )}
      {wish.whom === "people" && (
        <MultiSelect
          label="People"
          description={
            project.policy.overlap > 1
              ? `Each record goes to ${project.policy.overlap} of them`
              : "They get the records in turn"
          }
          data={people.map(({ person }) => ({ value: String(person.id), label: person.name }))}
          value={wish.people}
          onChange={(chosen) => set({ people: chosen })}
        />
      )}
    </div>
  );
}

function hasPassed(day: string): boolean {
  return day !== "" && Date.parse(endOfDay(day)) < Date.now();
}

function Touched({ preview }: { preview: SteerPreview }) {
  const { waiting, done, dated, prioritised, asking, too_few, people, examples } = preview;
  const had = [
    prioritised > 0 && `${count(prioritised)} have a priority`,
    dated > 0 && `${count(dated)} a due date`,
    asking > 0 && `${count(asking)} ask for somebody`,
  ].filter(Boolean);
  return (
    <div className={classes.touched} role="status">
      <p>
        {waiting === 0 ? "Nothing that fits still waits." : `${plural(waiting, "waiting record")} would change.`}
        {done > 0 && ` ${count(done)} done already stay as they are.`}
        {had.length > 0 && ` Now ${had.join(", ")}.`}
      </p>
      <p>
        {people.length === 0
          ? "Nobody in the project could work on them: give somebody the skill first."
          : `${plural(people.length, "person", "people")} could work on them: ${people.map((one) => one.name).join(", ")}.`}
      </p>
      {people.length > 0 && too_few > 0 && (
        <p className={classes.late}>
          {plural(too_few, "record")} {too_few === 1 ? "wants" : "want"} more answers than they can give, and would
          wait: choose more people.
        </p>
      )}
      <ul>
        {examples.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}

/** What is to be changed; null while that is nothing yet. */
function changeOf({ priority, day, noDay, whom, skills, people }: Wish): Change | null {
  const who =
    whom === "anybody"
      ? { skills: [], people: [] }
      : whom === "skills" && skills.length > 0
        ? { skills }
        : whom === "people" && people.length > 0
          ? { people: people.map(Number) }
          : {};
  const change = {
    no_due_date: noDay,
    ...(priority === "" ? {} : { priority }),
    ...(day ? { due_at: endOfDay(day) } : {}),
    ...who,
  };
  return noDay || Object.keys(change).length > 1 ? change : null;
}
