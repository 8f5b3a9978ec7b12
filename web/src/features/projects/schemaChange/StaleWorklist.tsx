/** Answers that a change of the questions has left incomplete: whose they are, what is missing, and asking again. */
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useState } from "react";
import { count, plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { EmptyState, Key, Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { TableFrame } from "@/ui/TableFrame";
import { answerInWords } from "../answerWords";
import { type StaleAnswer, staleQuery, staleSummaryQuery, useAskAgain } from "../api/stale";
import { type Project, type Schema, schemasQuery } from "../queries";
import { FollowProgress } from "./FollowProgress";
import classes from "./schemaChange.module.css";

const keyOf = (one: StaleAnswer) => `${one.task_id}:${one.annotator.id}`;

export function StaleWorklist({ project }: { project: Project }) {
  const summary = useQuery(staleSummaryQuery(project.id));
  const [personId, setPersonId] = useState(0);
  const [chosen, setChosen] = useState<ReadonlyMap<string, StaleAnswer>>(new Map());
  const ask = useAskAgain(project.id);
  const whole = summary.data?.answers ?? 0;
  const people = summary.data?.by_person ?? [];
  const theirs = people.find((one) => one.annotator.id === personId);
  const all = theirs?.answers ?? whole;
  const askAgain = () => {
    if (ask.isPending || all === 0) return;
    const wanted = chosen.size > 0 ? { answers: [...chosen.values()].slice(0, 1000) } : { personId, of: all };
    ask.mutate(wanted, { onSuccess: () => setChosen(new Map()) });
  };
  useKeys([{ keys: "a", title: "Ask again", group: "Answers to give again", disabled: all === 0, run: askAgain }]);
  if (summary.isPending) return <Loading what="Counting" />;
  if (summary.isError) return <ProblemNote error={summary.error} onRetry={summary.refetch} />;
  return (
    <div className={classes.stack}>
      <FollowProgress projectId={project.id} />
      {ask.isError && <ProblemNote error={ask.error} />}
      <p role="status" className={classes.status}>
        {ask.isSuccess &&
          `${plural(ask.data.length, "answer")} asked for again: the records come first in their people's queues.`}
      </p>
      {whole === 0 ? (
        <EmptyState icon={<ListChecks size={22} />} title="No answer has to be given again">
          <p>
            When an option is split or removed, or a new question must be answered, the answers concerned are listed
            here. Until they are given again they do not count.
          </p>
        </EmptyState>
      ) : (
        <>
          <div className={classes.deeds}>
            <Choice
              label="Whose answers"
              options={[
                { value: "0", label: `Everybody, ${count(whole)}` },
                ...people.map((one) => ({
                  value: String(one.annotator.id),
                  label: `${one.annotator.name}, ${count(one.answers)}`,
                })),
              ]}
              value={String(theirs ? personId : 0)}
              onChange={(id) => {
                setPersonId(Number(id));
                setChosen(new Map());
              }}
            />
            <Button
              size="xs"
              loading={ask.isPending}
              onClick={askAgain}
              rightSection={<Key name="a" of="Answers to give again" tone="quiet" />}
            >
              {chosen.size > 0 ? `Ask again for ${count(chosen.size)} chosen` : `Ask again for all ${count(all)}`}
            </Button>
          </div>
          <Worklist project={project} personId={theirs ? personId : 0} chosen={chosen} onChoose={setChosen} />
        </>
      )}
    </div>
  );
}

type WorklistProps = {
  project: Project;
  personId: number;
  chosen: ReadonlyMap<string, StaleAnswer>;
  onChoose: (chosen: ReadonlyMap<string, StaleAnswer>) => void;
};

function Worklist({ project, personId, chosen, onChoose }: WorklistProps) {
  const stale = useInfiniteQuery(staleQuery(project.id, personId));
  const schemas = useQuery(schemasQuery(project.id)).data ?? [];
  if (stale.isPending) return <Loading what="Fetching answers" />;
  if (stale.isError) return <ProblemNote error={stale.error} onRetry={stale.refetch} />;
  const rows = stale.data.pages.flatMap((page) => page.items);
  const toggle = (one: StaleAnswer) => {
    const next = new Map(chosen);
    if (!next.delete(keyOf(one))) next.set(keyOf(one), one);
    onChoose(next);
  };
  const allChosen = rows.length > 0 && rows.every((one) => chosen.has(keyOf(one)));
  return (
    <>
      <TableFrame label="Answers to give again">
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                size="xs"
                aria-label="Choose all that are shown"
                checked={allChosen}
                indeterminate={!allChosen && chosen.size > 0}
                onChange={() => onChoose(allChosen ? new Map() : new Map(rows.map((one) => [keyOf(one), one])))}
              />
            </th>
            <th scope="col">Record</th>
            <th scope="col">Whose</th>
            <th scope="col">Asked again</th>
            <th scope="col">Answered so far</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={keyOf(one)}>
              <td>
                <Checkbox
                  size="xs"
                  aria-label={`Choose ${one.external_id} of ${one.annotator.name}`}
                  checked={chosen.has(keyOf(one))}
                  onChange={() => toggle(one)}
                />
              </td>
              <th scope="row">
                <Link
                  className={classes.link}
                  to="/projects/$projectId/records/$recordId"
                  params={{ projectId: project.id, recordId: String(one.record_id) }}
                >
                  {one.external_id}
                </Link>
                <span className={classes.excerpt}>{one.excerpt}</span>
              </th>
              <td className={classes.person}>{one.annotator.name}</td>
              <td>{one.questions.map((name) => titleOf(project.schema, name)).join(", ")}</td>
              <td data-quiet>{answersInWords(one, schemas)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {stale.hasNextPage && (
        <Button variant="default" loading={stale.isFetchingNextPage} onClick={() => void stale.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function titleOf(schema: Schema, name: string): string {
  return schema.questions.find((question) => question.name === name)?.title ?? name;
}

/** As they were given: under the titles of their own version. */
function answersInWords(one: StaleAnswer, schemas: readonly Schema[]): string {
  const schema = schemas.find((each) => each.version === one.schema_version);
  return Object.entries(one.answers)
    .map(([name, value]) => {
      const question = schema?.questions.find((each) => each.name === name);
      return answerInWords(question, value, schema?.fields);
    })
    .join(" · ");
}
