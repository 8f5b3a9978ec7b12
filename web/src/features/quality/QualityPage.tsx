/** How far people agree and how often they are wrong, each number with its interval and n. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import { useState } from "react";
import { can, type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { StateBar } from "@/features/records/StateBar";
import { plural } from "@/lib/format";
import { Card, EmptyState, Loading, Page, ProblemNote, Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Tag } from "@/ui/Tag";
import { Whisker, WhiskerScale } from "@/ui/Whisker";
import { type Agreement, agreementQuery, type QuestionAgreement } from "./api/agreement";
import { LabelAgreement } from "./LabelAgreement";
import { PairMatrix } from "./PairMatrix";
import classes from "./QualityPage.module.css";
import { ReviewedWork } from "./ReviewedWork";
import { coefficient, LEVELS, RELIABLE, restsOn, SCALE, shareOf, verdictOf } from "./words";

export function QualityPage() {
  const project = useProject(useProjectId());
  const agreement = useQuery(agreementQuery(project.id));
  return (
    <Page title="Quality" lead="How far annotators agree beyond what chance would give.">
      {agreement.isPending && <Loading what="Measuring agreement" />}
      {agreement.isError && <ProblemNote error={agreement.error} onRetry={agreement.refetch} />}
      {agreement.data &&
        (agreement.data.n_annotations === 0 ? (
          <Nothing project={project} />
        ) : (
          <Measured project={project} agreement={agreement.data} />
        ))}
      <ReviewedWork project={project} />
    </Page>
  );
}

function Nothing({ project }: { project: Project }) {
  return (
    <EmptyState
      icon={<Scale size={22} />}
      title="Nothing to compare yet"
      action={
        can(project.my_role, "manage") && (
          <Button
            component={Link}
            to={`/projects/${project.id}/settings`}
            search={{ tab: "rules" } as never}
            variant="default"
          >
            Rules
          </Button>
        )
      }
    >
      <p>
        Agreement is measured on records that at least two people answered.{" "}
        {project.policy.overlap < 2 && "In this project each record goes to one person; the rules can change that."}
      </p>
    </EmptyState>
  );
}

function Measured({ project, agreement }: { project: Project; agreement: Agreement }) {
  const [chosen, setChosen] = useState(agreement.questions[0]?.question);
  const question = agreement.questions.find((one) => one.question === chosen);
  return (
    <>
      <QuestionTable agreement={agreement} chosen={chosen} onChoose={setChosen} />
      <p className={classes.note}>
        The dot is Krippendorff's α: 1 is perfect agreement, 0 is what chance gives. The whisker is where α lies with
        95% confidence. Above 0.8 answers count as reliable, above 0.667 as good enough for tentative conclusions.
      </p>
      {question && <Details project={project} question={question} />}
      <Section title="What became of it">
        <Card>
          <StateBar counts={project.counts} linked />
        </Card>
      </Section>
    </>
  );
}

type QuestionTableProps = { agreement: Agreement; chosen: string | undefined; onChoose: (question: string) => void };

function QuestionTable({ agreement, chosen, onChoose }: QuestionTableProps) {
  return (
    <TableFrame label="Agreement by question">
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" className={classes.plot}>
            <span className="unseen">α with its interval</span>
            <WhiskerScale from={SCALE.from} to={SCALE.to} marks={[0, RELIABLE, 1]} />
          </th>
          <th scope="col" data-number>
            α (95% interval)
          </th>
          <th scope="col" data-number>
            Same answer
          </th>
          <th scope="col" data-number>
            Records
          </th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {agreement.questions.map(({ question, title, alpha, percent }) => {
          const verdict = verdictOf(alpha);
          return (
            <tr
              key={question}
              data-opens
              data-chosen={question === chosen || undefined}
              onClick={() => onChoose(question)}
            >
              <th scope="row" className={classes.question}>
                <button type="button" aria-pressed={question === chosen} onClick={() => onChoose(question)}>
                  {title}
                </button>
              </th>
              <td>
                <Whisker {...alpha} {...SCALE} />
              </td>
              <td data-number>{coefficient(alpha)}</td>
              <td data-number>{shareOf(percent)}</td>
              <td data-number>{alpha.n_items}</td>
              <td>
                <Tag tone={verdict.tone}>{verdict.title}</Tag>
              </td>
            </tr>
          );
        })}
      </tbody>
    </TableFrame>
  );
}

function Details({ project, question }: { project: Project; question: QuestionAgreement }) {
  const { alpha, percent, by_label, by_pair, n_pairs, level } = question;
  const verdict = verdictOf(alpha);
  const asked = project.schema.questions.find((one) => one.name === question.question);
  return (
    <Section title={question.title}>
      <p className={classes.words}>
        <strong>{verdict.title}.</strong> {verdict.text} {alpha.value !== null && (LEVELS[level] ?? "")}
      </p>
      {alpha.value !== null && (
        <p className={classes.basis}>
          Two people give the same answer on {shareOf(percent)} of records. Measured on {restsOn(alpha)}; interval by{" "}
          {alpha.method}.
        </p>
      )}
      <div className={classes.parts}>
        {by_label.length > 0 && <LabelAgreement labels={by_label} question={asked} />}
        {by_pair.length > 0 && <PairMatrix pairs={by_pair} />}
      </div>
      {by_pair.length < n_pairs && (
        <p className={classes.basis}>
          Shown are the {by_pair.length} of {plural(n_pairs, "pair")} that share most records.
        </p>
      )}
    </Section>
  );
}
