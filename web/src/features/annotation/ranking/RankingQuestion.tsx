/** `ranking`: candidates go into the next place by their keys; arrows move, = ties; the same by dragging. */
import { ActionIcon } from "@mantine/core";
import { ArrowDown, ArrowUp, Equal, X } from "lucide-react";
import { type DragEvent, useMemo, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { optionKeys } from "../answerKeys";
import { candidatesOf, groupsOf } from "../answers";
import type { Asked } from "../questions/asked";
import type { Groups } from "../shapes";
import { beside, dropped, letterOf, moved, placed, placeInWords, takenOut, tied } from "./order";
import classes from "./RankingQuestion.module.css";

type Candidate = { name: string; title: string; letter: string | undefined; keyName: string | undefined };
const DRAGGED = "text/x-candidate";

export default function RankingQuestion({ question, value, onAnswer, record }: Asked<"ranking">) {
  const order = groupsOf(value);
  const [picked, setPicked] = useState<string>();
  const candidates = useCandidates(question, record);
  const names = candidates.map((one) => one.name);
  const at = picked !== undefined && order.flat().includes(picked) ? picked : order.at(-1)?.at(-1);

  const change = (next: Groups, to: string | undefined = at) => {
    setPicked(to);
    if (next !== order) onAnswer(next.length > 0 ? next : undefined, false);
  };
  const place = (name: string) => change(placed(order, name, names), name);
  const onPicked = (deed: (order: Groups, name: string) => Groups) => () => at && change(deed(order, at));
  const deeds = {
    up: onPicked((groups, name) => moved(groups, name, -1)),
    down: onPicked((groups, name) => moved(groups, name, 1)),
    tie: onPicked(tied),
    out: onPicked(takenOut),
  };
  const drop = (place: number, into: boolean) => (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const name = event.dataTransfer.getData(DRAGGED);
    if (names.includes(name)) change(dropped(order, name, place, into && question.allow_ties), name);
  };
  const none = order.length === 0;
  useKeys([
    ...candidates.flatMap(({ name, title, keyName }) =>
      keyName ? [{ keys: keyName, title: `${title} next`, group: "Answers", run: () => place(name) }] : [],
    ),
    { keys: "ArrowUp", title: "Move up", group: "Order", disabled: none, run: deeds.up },
    { keys: "ArrowDown", title: "Move down", group: "Order", disabled: none, run: deeds.down },
    {
      keys: "ArrowLeft",
      title: "The one above",
      group: "Order",
      disabled: none,
      run: () => setPicked(beside(order, at, -1)),
    },
    {
      keys: "ArrowRight",
      title: "The one below",
      group: "Order",
      disabled: none,
      run: () => setPicked(beside(order, at, 1)),
    },
    {
      keys: "=",
      title: "Tie with the one above",
      group: "Order",
      disabled: none || !question.allow_ties,
      run: deeds.tie,
    },
    { keys: "Backspace", title: "Take out of the order", group: "Order", disabled: none, run: deeds.out },
  ]);

  const left = candidates.filter((one) => !order.flat().includes(one.name));
  const find = (name: string) => candidates.find((one) => one.name === name);
  return (
    <div className={classes.ranking}>
      {left.length > 0 && (
        <div className={classes.left}>
          {left.map((one) => (
            <Card key={one.name} candidate={one} onPress={() => place(one.name)} />
          ))}
        </div>
      )}
      {order.length > 0 && (
        <ol className={classes.places} aria-label="Order, best first">
          {order.map((group, nth) => (
            <li
              key={group.join(" ")}
              className={classes.place}
              onDragOver={(event) => event.preventDefault()}
              onDrop={drop(nth, false)}
            >
              <span className={classes.nth}>{placeInWords(order, nth)}</span>
              {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way; keys and buttons are the others */}
              <span className={classes.group} onDragOver={(event) => event.preventDefault()} onDrop={drop(nth, true)}>
                {group.map((name, within) => {
                  const candidate = find(name);
                  if (!candidate) return null;
                  return (
                    <span key={name} className={classes.member}>
                      {within > 0 && <Equal size={14} aria-label="tied with" className={classes.equal} />}
                      <Card candidate={candidate} picked={name === at} onPress={() => setPicked(name)} />
                    </span>
                  );
                })}
              </span>
              {at !== undefined && group.includes(at) && (
                <Moves deeds={deeds} ties={question.allow_ties} called={find(at)?.title ?? at} first={nth === 0} />
              )}
            </li>
          ))}
          <li
            className={classes.end}
            onDragOver={(event) => event.preventDefault()}
            onDrop={drop(order.length, false)}
          />
        </ol>
      )}
    </div>
  );
}

type CardProps = { candidate: Candidate; picked?: boolean; onPress: () => void };

function Card({ candidate, picked, onPress }: CardProps) {
  const { name, title, letter, keyName } = candidate;
  return (
    <button
      type="button"
      className={classes.card}
      draggable
      aria-pressed={picked}
      aria-keyshortcuts={keyName}
      data-enter="pass"
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, name)}
      onClick={onPress}
    >
      {picked === undefined && keyName && <Key name={keyName} />}
      {letter ? <b className={classes.letter}>{letter}</b> : title}
    </button>
  );
}

type MovesProps = {
  deeds: Record<"up" | "down" | "tie" | "out", () => void>;
  ties: boolean;
  called: string;
  first: boolean;
};

function Moves({ deeds, ties, called, first }: MovesProps) {
  const button = (title: string, keyName: string, onClick: () => void, icon: React.ReactNode) => (
    <ActionIcon key={title} title={`${title} (${keyName})`} aria-label={`${title}: ${called}`} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
  return (
    <span className={classes.moves}>
      {button("Move up", "↑", deeds.up, <ArrowUp size={15} />)}
      {button("Move down", "↓", deeds.down, <ArrowDown size={15} />)}
      {ties && !first && button("Tie with the one above", "=", deeds.tie, <Equal size={15} />)}
      {button("Take out", "Backspace", deeds.out, <X size={15} />)}
    </span>
  );
}

/** In the order of the screen. Where that was drawn, fields go by letters, because their titles may tell too much. */
function useCandidates(
  question: Asked<"ranking">["question"],
  record: Asked<"ranking">["record"],
): readonly Candidate[] {
  return useMemo(() => {
    const shown = record.orders[question.name];
    const names = shown ?? candidatesOf(question);
    const titleOf = (name: string) => record.fields.find((field) => field.name === name)?.title ?? name;
    const isByLetter = shown !== undefined && question.fields != null;
    const options = names.map((name) => question.options?.find((option) => option.value === name));
    const keys = optionKeys(
      options.map((option) => ({ key: option?.key ?? null })),
      question.allow_note ? "n" : "",
    );
    return names.map((name, at) => ({
      name,
      title: isByLetter ? letterOf(at) : (options[at]?.title ?? titleOf(name)),
      letter: isByLetter ? letterOf(at) : undefined,
      keyName: keys[at],
    }));
  }, [question, record]);
}
