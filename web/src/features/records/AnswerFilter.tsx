/** Narrow the records by what was answered: what is accepted, what somebody said, who, and when. */
import { Button, MultiSelect, Popover, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { can, type Project, type Question, useProject } from "@/features/projects";
import { membersQuery } from "@/features/projects/api/members";
import { afterDay, dayIn, lastDayBefore, startOfDay } from "@/lib/days";
import classes from "./RecordFilters.module.css";
import { countAboutAnswers, EVERYTHING, type RecordFilter } from "./recordFilter";
import { valuesOf } from "./relabel";

type AnswerFilterProps = { projectId: number; filter: RecordFilter; onChange: (filter: RecordFilter) => void };

export function AnswerFilter({ projectId, filter, onChange }: AnswerFilterProps) {
  const project = useProject(projectId);
  const n = countAboutAnswers(filter);
  return (
    <Popover position="bottom-start" shadow="md" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          data-on={n > 0 || undefined}
          className={classes.facet}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
        >
          Answers{n > 0 && `: ${n}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.answers} aria-label="Answers">
        <Parts project={project} filter={filter} onChange={onChange} />
        <Button variant="default" disabled={n === 0} onClick={() => onChange(withoutAnswers(filter))}>
          Clear
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

type PartsProps = { project: Project; filter: RecordFilter; onChange: (filter: RecordFilter) => void };

function Parts({ project, filter, onChange }: PartsProps) {
  const values = groupsOf(project.schema.questions);
  const knowsWho = can(project.my_role, "manage") || !project.policy.blind;
  const { data: members = [] } = useQuery({ ...membersQuery(project.id), enabled: knowsWho });
  const people = members.map((one) => ({ value: String(one.id), label: one.name }));
  const set = (part: Partial<RecordFilter>) => onChange({ ...filter, ...part });
  return (
    <>
      <Several label="Accepted answer" data={values} value={filter.answer} onChange={(answer) => set({ answer })} />
      <Several label="Somebody answered" data={values} value={filter.given} onChange={(given) => set({ given })} />
      {knowsWho && (
        <Several
          label="Answered by"
          data={people}
          value={filter.annotator.map(String)}
          onChange={(ids) => set({ annotator: ids.map(Number) })}
        />
      )}
      <div className={classes.days}>
        <TextInput
          type="date"
          label="From"
          value={dayIn(filter.answered_from)}
          max={lastDayBefore(filter.answered_until) || undefined}
          onChange={(e) => set({ answered_from: startOfDay(e.currentTarget.value) })}
        />
        <TextInput
          type="date"
          label="To"
          value={lastDayBefore(filter.answered_until)}
          min={dayIn(filter.answered_from) || undefined}
          onChange={(e) => set({ answered_until: afterDay(e.currentTarget.value) })}
        />
      </div>
    </>
  );
}

type Values = ReadonlyArray<
  { value: string; label: string } | { group: string; items: { value: string; label: string }[] }
>;
type SeveralProps = { label: string; data: Values; value: string[]; onChange: (value: string[]) => void };

const MOST_SHOWN = 100;

function Several({ label, data, value, onChange }: SeveralProps) {
  return (
    <MultiSelect
      label={label}
      placeholder={value.length > 0 ? "" : "Any"}
      searchable
      clearable
      openOnFocus={false}
      limit={MOST_SHOWN}
      withScrollArea={false}
      classNames={{ options: classes.options ?? "" }}
      nothingFoundMessage="Nothing is called so"
      comboboxProps={{ withinPortal: false }}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}

/** What answers can be looked for, by question: "question:value", as the server takes it. */
function groupsOf(questions: readonly Question[]): Values {
  return questions
    .map((question) => ({ group: question.title, items: itemsOf(question) }))
    .filter((one) => one.items.length > 0);
}

function itemsOf(question: Question): { value: string; label: string }[] {
  const named = (value: string, label: string) => ({ value: `${question.name}:${value}`, label });
  switch (question.type) {
    case "label":
    case "multi_label":
    case "span":
      return question.options.map((one) => named(one.value, one.title ?? one.value));
    case "rating":
      return valuesOf(question).map(({ value, label }) => named(value, label));
    case "preference":
      return [
        named("a", question.a_field),
        named("b", question.b_field),
        ...(question.allow_tie === false ? [] : [named("tie", "Tie")]),
        ...(question.allow_both_bad === false ? [] : [named("both_bad", "Both bad")]),
      ];
    default:
      return [];
  }
}

function withoutAnswers(filter: RecordFilter): RecordFilter {
  const { answer, given, annotator, answered_from, answered_until } = EVERYTHING;
  return { ...filter, answer, given, annotator, answered_from, answered_until };
}
