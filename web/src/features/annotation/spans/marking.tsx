/**
 * What the record and the span question share: which passages are marked, which one is at hand, and where the selection
 * stands. It is small and always there; whatever draws or changes passages is loaded only where a question asks for them.
 */
import { createContext, type ReactNode, Suspense, use, useMemo, useRef, useState } from "react";
import { type Surface, SurfaceContext, type TextOfRecord } from "@/features/records";
import { useKeys } from "@/lib/keys";
import { spansOf } from "../answers";
import { askedOf } from "../conditions";
import { fetchedPart } from "../questions/fetchedPart";
import type { Answers, Question, QuestionOf, Span } from "../shapes";
import { Pointer } from "./Pointer";
import { placeName } from "./spans";

/** Somebody else's passage, and how many people marked it, such as "2 of 3". */
export type Elsewhere = { span: Span; behind: string };

export type MarkingAtHand = {
  readonly question: QuestionOf<"span">;
  readonly spans: readonly Span[];
  readonly elsewhere: readonly Elsewhere[];
  /** The key of the passage at hand. */
  readonly active: string | null;
  readonly setActive: (key: string | null) => void;
  readonly pointer: Pointer;
  /** Set by the question that is open: another stretch for a passage of one's own. */
  readonly resizing: { current: ((span: Span, stretch: Pick<Span, "start" | "end">) => void) | undefined };
};

const MarkingContext = createContext<MarkingAtHand | null>(null);
const { Part: MarkedText, fetch: fetchMarkedText } = fetchedPart(() => import("./MarkedText"));

export { fetchMarkedText };

const NOBODY: readonly Elsewhere[] = [];

export function useMarking(): MarkingAtHand | null {
  return use(MarkingContext);
}

type MarkingProps = {
  questions: readonly Question[];
  answers: Answers;
  at: string;
  /** For each span question, other people's passages. */
  elsewhere?: Readonly<Record<string, readonly Elsewhere[]>>;
  children: ReactNode;
};

/** Around a record and its questions. Without a span question it does nothing. */
export function Marking({ questions, answers, at, elsewhere, children }: MarkingProps) {
  const [active, setActive] = useState<string | null>(null);
  const [pointer] = useState(() => new Pointer());
  const resizing = useRef<(span: Span, stretch: Pick<Span, "start" | "end">) => void>(undefined);
  const question = markedBy(questions, answers, at);
  const value = question && answers[question.name];
  const others = (question && elsewhere?.[question.name]) ?? NOBODY;
  const marking = useMemo(
    () =>
      question ? { question, spans: spansOf(value), elsewhere: others, active, setActive, pointer, resizing } : null,
    [question, value, others, active, pointer],
  );
  const [formatted, setFormatted] = useState(false);
  const surface = useMemo<Surface | null>(() => {
    const draws = (field: string) => question?.fields.includes(field) ?? false;
    return question ? { draws, Text: DrawnText, formatted, onFormatted: setFormatted } : null;
  }, [question, formatted]);
  useKeys([
    {
      keys: "mod+b",
      title: formatted ? "Show texts as written, to mark" : "Show texts formatted",
      group: "Record",
      disabled: !question,
      run: () => setFormatted(!formatted),
    },
  ]);
  return (
    <MarkingContext value={marking}>
      <SurfaceContext value={surface}>{children}</SurfaceContext>
    </MarkingContext>
  );
}

/** The open question if it asks for passages, else the first that does: what is marked stays in sight. */
function markedBy(questions: readonly Question[], answers: Answers, at: string): QuestionOf<"span"> | undefined {
  const spans = askedOf(questions, answers).filter((one): one is QuestionOf<"span"> => one.type === "span");
  return spans.find((one) => one.name === at) ?? spans[0];
}

function DrawnText(props: TextOfRecord) {
  return (
    <Suspense fallback={<BareText {...props} />}>
      <MarkedText {...props} />
    </Suspense>
  );
}

/** Until what draws passages has come. It is a place already (see `page.ts`), so that keys find its words. */
function BareText({ field, turn, text }: TextOfRecord) {
  const place = placeName({ field, ...(turn === undefined ? {} : { turn }) });
  return (
    <p data-place={place} dir="auto" style={{ margin: 0, whiteSpace: "pre-wrap" }}>
      <span data-at={0}>{text}</span>
    </p>
  );
}
