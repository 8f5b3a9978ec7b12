/** `span`: the labels, each with its key, and under them what is selected or which passage is at hand. */
import { Button } from "@mantine/core";
import { StickyNote, Trash2 } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Branch, branchesOf, isTree } from "@/features/projects/optionTree";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { optionKeys } from "../answerKeys";
import { spansOf } from "../answers";
import type { Asked } from "../questions/asked";
import { OptionFinder, REACH_OF_KEYS } from "../questions/OptionFinder";
import type { Span } from "../shapes";
import { huesOf } from "./hues";
import { type MarkingAtHand, useMarking } from "./marking";
import { usePointed } from "./Pointer";
import { unselect } from "./page";
import classes from "./SpanQuestion.module.css";
import { added, keyOf, type Marked, neighbour, noted, relabelled, removed, resized } from "./spans";
import { after, passageAt, useWalking, wordsOf } from "./useSpanKeys";

export default function SpanQuestion(props: Asked<"span">) {
  const marking = useMarking();
  if (!marking) return <p className={classes.hint}>Passages are marked in the text of a record.</p>;
  return <Labelling {...props} marking={marking} />;
}

function Labelling({ question, value, onAnswer, brief, marking }: Asked<"span"> & { marking: MarkingAtHand }) {
  const spans = spansOf(value);
  const { active, setActive, pointer } = marking;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isNoting, setNoting] = useState(false);
  const selected = usePointed(pointer);
  const passage = useMemo(() => passageAt(selected), [selected]);
  const span = spans.find((one) => keyOf(one) === active);
  useWalking(marking);

  const keep = (marked: Marked, next: Span | undefined) => {
    if ("refused" in marked) return setRefusal(marked.refused);
    setRefusal(null);
    setNoting(false);
    onAnswer(marked.spans, false);
    setActive(next ? keyOf(next) : null);
  };
  const label = (name: string) => {
    const now = passageAt(pointer.get());
    if (now) {
      const next = { ...now, label: name };
      keep(added(question, spans, next), next);
      pointer.set(after(now));
      unselect();
    } else if (span) keep(relabelled(question, spans, keyOf(span), name), { ...span, label: name });
    else setRefusal("Select a passage first.");
  };
  const remove = () => {
    if (!span) return;
    const next = neighbour(spans, active, 1) ?? neighbour(spans, active, -1);
    keep({ spans: removed(spans, keyOf(span)) }, next);
  };
  const resize = (one: Span, stretch: Pick<Span, "start" | "end">) => {
    const next = { ...one, ...stretch };
    keep(resized(question, spans, keyOf(one), stretch), next);
    pointer.set(after(next));
  };
  useLayoutEffect(() => {
    marking.resizing.current = resize;
  });
  useKeys([
    { keys: ["Delete", "Backspace"], title: "Remove the passage", group: "Passages", disabled: !span, run: remove },
    { keys: "n", title: "Note on the passage", group: "Passages", disabled: !span, run: () => setNoting(true) },
  ]);
  return (
    <div className={classes.spans} data-marking>
      <Labels question={question} chosen={span?.label} onLabel={label} brief={brief} />
      <div className={classes.status} aria-live="polite">
        {refusal && <p className={classes.refusal}>{refusal}</p>}
        {!refusal && passage && (
          <p className={classes.line}>
            <q>{wordsOf(passage)}</q> <span className={classes.quiet}>is selected; its label marks it.</span>
          </p>
        )}
        {!refusal && !passage && span && (
          <AtHand
            span={span}
            title={titleOf(question, span.label)}
            isNoting={isNoting}
            onNote={(note) => onAnswer(noted(spans, keyOf(span), note), false)}
            onNoting={setNoting}
            onRemove={remove}
          />
        )}
        {!refusal && !passage && !span && <Hint n={spans.length} />}
      </div>
    </div>
  );
}

type LabelsProps = {
  question: Asked<"span">["question"];
  chosen: string | undefined;
  onLabel: (value: string) => void;
  brief: boolean;
};

function Labels({ question, chosen, onLabel, brief }: LabelsProps) {
  const branches = useMemo(() => branchesOf(question.options, question.leaves_only), [question]);
  const hues = useMemo(() => huesOf(question), [question]);
  const isMany = question.options.length > REACH_OF_KEYS || isTree(question.options);
  const keys = useMemo(() => optionKeys(question.options, "n"), [question.options]);
  const bound = question.options.flatMap((option, at) => {
    const key = isMany ? undefined : keys[at];
    const title = option.title ?? option.value;
    return key ? [{ keys: key, title, group: "Answers", run: () => onLabel(option.value) }] : [];
  });
  useKeys(bound);
  if (isMany) {
    const isChosen = (value: string) => value === chosen;
    return <OptionFinder branches={branches} isChosen={isChosen} onChoose={onLabel} brief={brief} />;
  }
  return (
    <div className={classes.labels}>
      {branches.map(({ option, title }) => (
        <button
          key={option.value}
          type="button"
          className={classes.label}
          data-hue={hues.get(option.value)}
          aria-pressed={option.value === chosen}
          aria-keyshortcuts={keyOfOption(question, keys, option)}
          title={option.help ?? undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onLabel(option.value)}
          data-enter="pass"
        >
          <Key name={keyOfOption(question, keys, option) ?? ""} tone={option.value === chosen ? "gold" : undefined} />
          <span className={classes.swatch} aria-hidden="true" />
          {title}
        </button>
      ))}
    </div>
  );
}

type AtHandProps = {
  span: Span;
  title: string;
  isNoting: boolean;
  onNote: (note: string) => void;
  onNoting: (is: boolean) => void;
  onRemove: () => void;
};

function AtHand({ span, title, isNoting, onNote, onNoting, onRemove }: AtHandProps) {
  const box = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className={classes.line}>
        <strong>{title}</strong> <q>{wordsOf(span)}</q>
        {span.note && !isNoting && <span className={classes.note}>{span.note}</span>}
        <span className={classes.deeds}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<StickyNote size={13} />}
            rightSection={<Key name="n" of="Passages" tone="quiet" />}
            onClick={() => onNoting(true)}
          >
            Note
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<Trash2 size={13} />}
            rightSection={<Key name="Delete" of="Passages" tone="quiet" />}
            onClick={onRemove}
          >
            Remove
          </Button>
        </span>
      </div>
      {isNoting && (
        <input
          ref={box}
          className={classes.noteBox}
          aria-label={`Note on “${wordsOf(span)}”`}
          placeholder="Note on this passage; Enter is done"
          maxLength={2000}
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody pressed for it
          autoFocus
          defaultValue={span.note ?? ""}
          onChange={(event) => onNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            onNoting(false);
          }}
        />
      )}
    </>
  );
}

function Hint({ n }: { n: number }) {
  return (
    <p className={classes.hint}>
      {n > 0 && <b>{plural(n, "passage")} marked. </b>}
      <span className={classes.keys}>
        <Key name="ArrowRight" tone="quiet" /> walks by words, <Key name="shift+ArrowRight" tone="quiet" /> takes more,
        a label's key marks; <Key name="Tab" tone="quiet" /> goes through what is marked.
      </span>
      <span className={classes.touch}>
        Tap a word, and the last one of a longer passage; then choose its label. Drag the ends of what is marked.
      </span>
    </p>
  );
}

type Option = Asked<"span">["question"]["options"][number];

function keyOfOption(
  question: Asked<"span">["question"],
  keys: ReadonlyArray<string | undefined>,
  option: Branch<Option>["option"],
): string | undefined {
  return keys[question.options.indexOf(option)];
}

function titleOf(question: Asked<"span">["question"], label: string): string {
  return question.options.find((option) => option.value === label)?.title ?? label;
}
