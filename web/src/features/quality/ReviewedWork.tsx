/** How often people are wrong, as far as reviewers have looked, and how much of their work is looked at. */
import { useQuery } from "@tanstack/react-query";
import { can, type Project } from "@/features/projects";
import { count, percent } from "@/lib/format";
import { Card, ProblemNote, Section } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { Whisker } from "@/ui/Whisker";
import { errorRatesQuery, type ReviewedWork as Work } from "./api/reviewed";
import classes from "./QualityPage.module.css";
import { ReviewPlanForm } from "./ReviewPlanForm";

export function ReviewedWork({ project }: { project: Project }) {
  const found = useQuery(errorRatesQuery(project.id));
  const manages = can(project.my_role, "manage");
  return (
    <Section title="Reviewed work">
      <div className={classes.stacked}>
        {found.isError && <ProblemNote error={found.error} onRetry={found.refetch} />}
        {found.data && <Rates work={found.data} />}
        {manages && (
          <Card>
            <ReviewPlanForm project={project} />
          </Card>
        )}
      </div>
    </Section>
  );
}

function Rates({ work: { overall, people } }: { work: Work }) {
  if (people.length === 0)
    return (
      <p className={classes.words}>
        Nothing has been reviewed yet. Answers that nobody disputes are drawn at random for a reviewer; what they find
        gives each person's error rate, with its interval.
      </p>
    );
  return (
    <>
      <p className={classes.words}>
        {overall.n === 0 ? (
          "Reviewers have looked at disputes and flags only, which say nothing about a rate: set below how much is drawn."
        ) : (
          <Overall overall={overall} />
        )}
      </p>
      <TableFrame label="Errors by person">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className={classes.plot}>
              <span className="unseen">Error rate with its interval</span>
            </th>
            <th scope="col" data-number>
              Errors (95% interval)
            </th>
            <th scope="col" data-number>
              Drawn
            </th>
            <th scope="col" data-number>
              Accepted
            </th>
            <th scope="col" data-number>
              Changed
            </th>
            <th scope="col" data-number>
              Sent back
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ person, rate, accepted, fixed, sent_back }) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{rate.n > 0 && <Whisker {...rate} from={0} to={1} marks={[0, 0.5, 1]} />}</td>
              <td data-number>{rateInWords(rate)}</td>
              <td data-number>{count(rate.n)}</td>
              <td data-number>{count(accepted)}</td>
              <td data-number>{count(fixed)}</td>
              <td data-number>{count(sent_back)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}

function Overall({ overall }: { overall: Work["overall"] }) {
  return (
    <>
      <strong>{rateInWords(overall)}</strong> of answers have an error, estimated from {count(overall.n)} that were
      drawn. Each weighs by the chance it had of being drawn, so nobody looks worse for being looked at more.
    </>
  );
}

function rateInWords({ value, low, high }: Work["overall"]): string {
  return value === null ? "–" : `${percent(value)} (${percent(low)}–${percent(high)})`;
}
