/** The questions of a version, to read: what is asked, what may be answered, what it is called in the data. */

import { branchesOf } from "../optionTree";
import type { Question } from "../queries";
import { optionsIn } from "../schemaDraft/draft";
import classes from "./schemaChange.module.css";

export function QuestionList({ questions }: { questions: readonly Question[] }) {
  return (
    <ol className={classes.questions}>
      {questions.map((question) => (
        <li key={question.name}>
          <p className={classes.asked}>
            {question.title} <code>{question.name}</code>
          </p>
          {question.help && <p className={classes.quiet}>{question.help}</p>}
          <Answers question={question} />
        </li>
      ))}
    </ol>
  );
}

function Answers({ question }: { question: Question }) {
  const branches = branchesOf(optionsIn(question), false);
  if (branches.length === 0) return <p className={classes.quiet}>{answerOf(question)}</p>;
  return (
    <ul className={classes.options}>
      {branches.map(({ option, title, depth }) => (
        <li key={option.value} style={{ marginLeft: depth * 16 }}>
          {title} {title !== option.value && <code>{option.value}</code>}
        </li>
      ))}
    </ul>
  );
}

function answerOf(question: Question): string {
  switch (question.type) {
    case "rating":
      return `A number from ${question.min} to ${question.max}`;
    case "preference":
      return `${question.a_field} or ${question.b_field}`;
    case "ranking":
      return `An order of ${question.fields?.join(", ")}`;
    case "edit":
      return `A better ${question.field}`;
    default:
      return "Free words";
  }
}
