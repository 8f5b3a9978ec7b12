/** One case: the record and all opinions at the left, the expert's own answer beside them, the guideline at hand. */
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { type Elsewhere, Marking } from "@/features/annotation";
import { spansOf } from "@/features/annotation/answers";
import { added } from "@/features/annotation/spans/spans";
import { GuidelineReader, type Project } from "@/features/projects";
import { showSection } from "@/features/projects/GuidelineReader";
import { sectionsOf } from "@/features/projects/guidelineSections";
import { ProjectImages, RecordView } from "@/features/records";
import { Marks } from "@/features/records/RecordsTable";
import { StateTag } from "@/features/records/StateTag";
import { ago, plural } from "@/lib/format";
import { Loading } from "@/ui";
import type { Case } from "./api/cases";
import { elsewhereOf } from "./comparison";
import { DecisionForm } from "./DecisionForm";
import { OpinionTable } from "./OpinionTable";
import { passageFor } from "./passage";
import classes from "./ReviewPage.module.css";
import { ReviewTop, type TopProps } from "./ReviewTop";
import type { LastDeed } from "./useCaseDeeds";
import { useDecisionDraft } from "./useDecisionDraft";

const Comments = lazy(() => import("@/features/comments/Comments"));

type CaseScreenProps = {
  one: Case;
  top: TopProps;
  onDone: (deed: LastDeed) => void;
  onOpen: (taskId: number | undefined) => void;
  onUndone: () => void;
};

export function CaseScreen({ one, top, onDone, onOpen, onUndone }: CaseScreenProps) {
  const { project } = top;
  const draft = useDecisionDraft(project, one);
  const [at, setAt] = useState(draft.firstQuestion);
  usePassageBeside(project, at, top.guideline);
  const { questions } = project.schema;
  const elsewhere = useMemo(
    () => elsewhereOf(questions, one.opinion_list, draft.answers),
    [questions, one.opinion_list, draft.answers],
  );
  const add = (name: string, span: Elsewhere["span"]) => {
    const question = questions.find((each) => each.name === name);
    const marked = question?.type === "span" && added(question, spansOf(draft.answers[name]), span);
    if (marked && "spans" in marked) draft.set({ answers: { ...draft.answers, [name]: marked.spans } });
  };
  return (
    <Marking questions={questions} answers={draft.answers} at={at} elsewhere={elsewhere}>
      <ReviewTop {...top} one={one} onOpen={onOpen} onUndone={onUndone} />
      <div className={classes.columns} data-guideline={top.guideline || undefined}>
        <section className={classes.material} aria-label="Record and opinions" tabIndex={0}>
          <div className={classes.record}>
            <ProjectImages project={project} of={`records/${one.record.id}`}>
              <RecordView schema={project.schema} fields={one.record.fields} />
            </ProjectImages>
            <p className={classes.facts}>
              <StateTag state={one.record.state} />
              <Marks record={one.record} />
              <span>{metadataInWords(one.record.metadata)}</span>
            </p>
          </div>
          {one.flags.map((flag) => (
            <blockquote key={`${flag.by}${flag.reason}`} className={classes.flag}>
              <strong>{flag.by}</strong> flagged it{flag.reason ? `: ${flag.reason}` : "."}
            </blockquote>
          ))}
          {one.returns.map((sent) => (
            <blockquote key={sent.at} className={classes.flag}>
              <strong>{sent.by.name}</strong> sent it back {ago(sent.at)}: {sent.reason}
              {sent.flags.map((flag) => (
                <span key={flag} className={classes.earlier}>
                  It had been flagged: {flag}
                </span>
              ))}
            </blockquote>
          ))}
          <h2 className={classes.heading}>
            {plural(one.opinion_list.length, "opinion")}
            <span className={classes.since}>waiting since {ago(one.opened_at)}</span>
          </h2>
          <OpinionTable
            schema={project.schema}
            opinions={one.opinion_list}
            at={at}
            onQuestion={setAt}
            texts={one.record.fields}
            onTake={(answers) => draft.set({ answers })}
            onAdopt={(name, value) => draft.set({ answers: { ...draft.answers, [name]: value } })}
            onAdd={add}
          />
          <h2 className={classes.heading}>Comments</h2>
          <Suspense fallback={<Loading what="Opening comments" />}>
            <Comments
              project={project}
              recordId={one.record.id}
              values={one.record.fields}
              annotators={one.opinion_list.map((opinion) => opinion.annotator)}
            />
          </Suspense>
        </section>
        <section className={classes.decision} aria-label="Your decision">
          <DecisionForm project={project} one={one} draft={draft} at={at} onAt={setAt} onDone={onDone} />
        </section>
        {top.guideline && (
          <aside className={classes.guideline} aria-label="Guideline">
            <GuidelineReader
              body={project.guideline.body}
              picked={draft.anchor}
              onPick={(section) => draft.set({ anchor: section.anchor === draft.anchor ? null : section.anchor })}
            />
          </aside>
        )}
      </div>
    </Marking>
  );
}

/** The guideline follows the question, where it stands beside the record. */
function usePassageBeside(project: Project, at: string, shown: boolean): void {
  useEffect(() => {
    if (!shown || window.matchMedia("(max-width: 800px)").matches) return;
    const question = project.schema.questions.find((one) => one.name === at);
    const passage = question && passageFor(question, sectionsOf(project.guideline.body));
    if (passage) showSection(passage.anchor);
  }, [project, at, shown]);
}

function metadataInWords(metadata: Readonly<Record<string, unknown>>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${String(value)}`)
    .join(" · ");
}
