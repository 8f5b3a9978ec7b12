/** Agreement on each label by itself: this one, or any other? */
import type { Question } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import { TableFrame } from "@/ui/TableFrame";
import { Whisker, WhiskerScale } from "@/ui/Whisker";
import type { QuestionAgreement } from "./api/agreement";
import classes from "./QualityPage.module.css";
import { coefficient, SCALE } from "./words";

type LabelAgreementProps = { labels: QuestionAgreement["by_label"]; question: Question | undefined };

export function LabelAgreement({ labels, question }: LabelAgreementProps) {
  const sorted = labels.toSorted((a, b) => (a.alpha.value ?? 2) - (b.alpha.value ?? 2));
  return (
    <div>
      <h3 className={classes.caption}>By label, hardest first</h3>
      <TableFrame label="Agreement by label">
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col" className={classes.plot}>
              <span className="unseen">α with its interval</span>
              <WhiskerScale from={SCALE.from} to={SCALE.to} marks={[0, 0.8]} />
            </th>
            <th scope="col" data-number>
              α (95% interval)
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ label, alpha }) => (
            <tr key={String(label)}>
              <th scope="row">{nameOf(label, question)}</th>
              <td>
                <Whisker {...alpha} {...SCALE} />
              </td>
              <td data-number>{coefficient(alpha)}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}

function nameOf(label: unknown, question: Question | undefined): string {
  return answerInWords(question, question?.type === "multi_label" ? [label] : label);
}
