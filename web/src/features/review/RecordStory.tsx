/** One record and its story: what it says, what was accepted and how, who answered what, and what came with it. */
import { useQuery } from "@tanstack/react-query";
import Comments from "@/features/comments/Comments";
import type { Project } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import { Cites, Citing } from "@/features/projects/Citing";
import { ProjectImages, RecordView } from "@/features/records";
import { recordQuery } from "@/features/records/api/record";
import { Marks } from "@/features/records/RecordsTable";
import { StateTag } from "@/features/records/StateTag";
import { ago, day, percent, plural } from "@/lib/format";
import { Loading, ProblemNote, Section } from "@/ui";
import { type Annotation, annotationsQuery } from "./api/annotations";
import { type Resolution, resolutionQuery } from "./api/resolution";
import classes from "./RecordStory.module.css";
import { RevisionTable } from "./RevisionTable";

export default function RecordStory({ project, recordId }: { project: Project; recordId: number }) {
  const record = useQuery(recordQuery(project.id, recordId));
  const resolution = useQuery(resolutionQuery(project.id, recordId));
  const annotations = useQuery(annotationsQuery(project.id, recordId));
  if (record.isPending) return <Loading what="Opening the record" />;
  if (record.isError) return <ProblemNote error={record.error} onRetry={record.refetch} />;
  const { fields, metadata, attributes, state, created_at, origin } = record.data;
  return (
    <article className={classes.story}>
      <p className={classes.line}>
        <StateTag state={state} />
        <Marks record={record.data} />
        <span className={classes.quiet}>
          added {day(created_at)} by {originInWords(origin)}
        </span>
      </p>
      <div className={classes.record}>
        <ProjectImages project={project} of={`records/${recordId}`}>
          <RecordView schema={project.schema} fields={fields} />
        </ProjectImages>
      </div>
      {resolution.isError && <ProblemNote error={resolution.error} onRetry={resolution.refetch} />}
      {resolution.data && <Accepted project={project} resolution={resolution.data} texts={fields} />}
      {annotations.isError && <ProblemNote error={annotations.error} onRetry={annotations.refetch} />}
      {annotations.data && <Answers project={project} annotations={annotations.data} texts={fields} />}
      <Section title="Comments">
        <Comments project={project} recordId={recordId} values={fields} />
      </Section>
      <Pairs title="Metadata" values={metadata} />
      {attributes && <Pairs title="Attributes, hidden from annotators" values={attributes} />}
    </article>
  );
}

const METHODS = {
  consensus: "Annotators agreed",
  adjudication: "An expert decided a disagreement",
  expert: "An expert decided",
};

type Texts = Readonly<Record<string, unknown>>;

function Accepted({ project, resolution, texts }: { project: Project; resolution: Resolution; texts: Texts }) {
  const { method, outcomes, decided_by, reason, confidence, n_annotators, updated_at } = resolution;
  const { questions, fields } = project.schema;
  const how = method
    ? `${METHODS[method]}${decided_by ? `: ${decided_by.name}` : ""}, ${ago(updated_at)}.`
    : "Nothing is accepted yet.";
  return (
    <Section title={method ? "Accepted answer" : "So far"}>
      <p className={classes.how}>
        {how} {plural(n_annotators, "annotator")}
        {confidence !== null && `; ${percent(confidence)} of them stand behind the least certain question`}.
      </p>
      {reason && (
        <blockquote className={classes.reason}>
          <Citing project={project} text={reason} />
        </blockquote>
      )}
      {resolution.guideline_anchor && (
        <p className={classes.how}>
          <Cites project={project} anchor={resolution.guideline_anchor} />
        </p>
      )}
      <dl className={classes.pairs}>
        {questions.map((question) => {
          const outcome = outcomes.find((one) => one.question === question.name);
          const value = resolution.answers[question.name] ?? outcome?.value;
          return (
            <div key={question.name}>
              <dt>{question.title}</dt>
              <dd>
                {answerInWords(question, value, fields, texts)}
                {outcome && value != null && (
                  <span className={classes.quiet}> {percent(outcome.share)} of annotators</span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  );
}

type AnswersProps = { project: Project; annotations: readonly Annotation[]; texts: Texts };

function Answers({ project, annotations, texts }: AnswersProps) {
  return (
    <Section title="Answers">
      {annotations.length === 0 ? (
        <p className={classes.quiet}>Nobody has answered yet.</p>
      ) : (
        <RevisionTable project={project} annotations={annotations} texts={texts} />
      )}
    </Section>
  );
}

function Pairs({ title, values }: { title: string; values: Readonly<Record<string, unknown>> }) {
  const pairs = Object.entries(values);
  if (pairs.length === 0) return null;
  return (
    <Section title={title}>
      <dl className={classes.pairs}>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function originInWords(origin: string): string {
  const words: Record<string, string> = { import: "an import", api: "the API", sample: "the sample" };
  return words[origin.split(":")[0] ?? ""] ?? origin;
}
