/** A question as its type is asked. Types with much behind them come when a question of that type is first asked. */
import { Suspense } from "react";
import type { AnswerValue, Question } from "../shapes";
import { fetchMarkedText } from "../spans/marking";
import type { AskedRecord } from "./asked";
import { ChoiceQuestion } from "./ChoiceQuestion";
import { fetchedPart } from "./fetchedPart";
import { PreferenceQuestion } from "./PreferenceQuestion";
import { RatingQuestion } from "./RatingQuestion";
import { TextQuestion } from "./TextQuestion";

const FETCHED = {
  span: fetchedPart(() => import("../spans/SpanQuestion")),
  ranking: fetchedPart(() => import("../ranking/RankingQuestion")),
  edit: fetchedPart(() => import("../edit/EditQuestion")),
};

/** Fetches what these questions need. A record is shown after that, so that the first key finds what it is for. */
export async function fetchAhead(questions: readonly Question[]): Promise<void> {
  const parts = questions.flatMap(({ type }): Promise<unknown>[] => {
    if (type === "span") return [FETCHED.span.fetch(), fetchMarkedText()];
    return type in FETCHED ? [FETCHED[type as keyof typeof FETCHED].fetch()] : [];
  });
  await Promise.allSettled(parts);
}

type WidgetProps = {
  question: Question;
  value: AnswerValue | undefined;
  onAnswer: (value: AnswerValue | undefined, settled: boolean) => void;
  swapped: boolean;
  brief: boolean;
  record: AskedRecord;
};

export function Widget(props: WidgetProps) {
  return (
    <Suspense fallback={<div style={{ minHeight: 74 }} />}>
      <OfItsType {...props} />
    </Suspense>
  );
}

function OfItsType({ question, ...rest }: WidgetProps) {
  switch (question.type) {
    case "label":
    case "multi_label":
      return <ChoiceQuestion question={question} {...rest} />;
    case "rating":
      return <RatingQuestion question={question} {...rest} />;
    case "text":
      return <TextQuestion question={question} {...rest} />;
    case "preference":
      return <PreferenceQuestion question={question} {...rest} />;
    case "span":
      return <FETCHED.span.Part question={question} {...rest} />;
    case "ranking":
      return <FETCHED.ranking.Part question={question} {...rest} />;
    case "edit":
      return <FETCHED.edit.Part question={question} {...rest} />;
  }
}
