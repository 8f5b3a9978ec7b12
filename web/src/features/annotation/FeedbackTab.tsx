/** What reviewers said about my answers: what they changed, what they sent back, what they replied to a flag. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Project, Question } from "@/features/projects";
import { answerInWords } from "@/features/projects/answerWords";
import { ago } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { WordDiff } from "./edit/WordDiff";
import classes from "./FeedbackTab.module.css";
import { feedbackQuery } from "./queue/requests";
import type { Feedback } from "./shapes";

const VERDICTS: Record<Feedback["verdict"], string> = {
  fixed: "Changed",
  returned: "Sent back",
  answered: "Reply to your flag",
};

export default function FeedbackTab({ project }: { project: Project }) {
  const feedback = useInfiniteQuery(feedbackQuery(project.id));
  if (feedback.isPending) return <Loading />;
  if (feedback.isError) return <ProblemNote error={feedback.error} onRetry={() => void feedback.refetch()} />;
  const entries = feedback.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return (
      <EmptyState title="Nothing yet">
        When a reviewer changes an answer of yours, sends one back or replies to a flag, you read here what and why.
      </EmptyState>
    );
  return (
    <>
      <ul className={classes.list}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry}>
            <Entry entry={entry} project={project} />
          </li>
        ))}
      </ul>
      {feedback.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={feedback.isFetchingNextPage}
          onClick={() => void feedback.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </>
  );
}

function Entry({ entry, project }: { entry: Feedback; project: Project }) {
  const { verdict, at, excerpt, reason, questions, accepted } = entry;
  const shown = project.schema.questions.filter((one) => verdict === "answered" || questions.includes(one.name));
  return (
    <>
      <p className={classes.facts}>
        <b data-verdict={verdict}>{VERDICTS[verdict]}</b>
        <time dateTime={at}>{ago(at)}</time>
      </p>
      <p className={classes.excerpt}>{excerpt}</p>
      {accepted && shown.map((one) => <Difference key={one.name} question={one} entry={entry} project={project} />)}
      {reason && <p className={classes.reason}>{reason}</p>}
    </>
  );
}

type DifferenceProps = { question: Question; entry: Feedback; project: Project };

function Difference({ question, entry, project }: DifferenceProps) {
  const words = (answers: Feedback["mine"]) =>
    answerInWords(question, answers?.[question.name], project.schema.fields, entry.fields);
  const note = entry.notes[question.name];
  const isText = question.type === "text" || question.type === "edit";
  return (
    <div className={classes.difference}>
      <span className={classes.question}>{question.title}</span>
      {isText && entry.mine ? (
        <WordDiff before={words(entry.mine)} after={words(entry.accepted)} />
      ) : (
        <span>
          {entry.mine && (
            <>
              <del>{words(entry.mine)}</del>{" "}
            </>
          )}
          <ins>{words(entry.accepted)}</ins>
        </span>
      )}
      {note && <span className={classes.note}>{note}</span>}
    </div>
  );
}
