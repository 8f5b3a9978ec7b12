/** The options of a choice question. A list pasted into the last line becomes one option per line. */
import { Checkbox, TextInput } from "@mantine/core";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { Choice } from "@/ui/Choice";
import type { Question } from "../queries";
import { removedOptions } from "./changes";
import type { DraftOption, DraftQuestion } from "./draft";
import type { Edit } from "./edits";
import { MergeForm, type Move, MoveMenu, originInWords, SplitForm } from "./OptionMoves";
import { Order, onMoveKeys } from "./Order";
import { Removed } from "./Removed";
import classes from "./SchemaEditor.module.css";

type OptionListProps = {
  question: DraftQuestion;
  /** The question in use that it comes from: its options have answers. */
  before?: Question | undefined;
  edit: (edit: Edit) => void;
};

export function OptionList({ question, before, edit }: OptionListProps) {
  const { options } = question;
  const [isTree, setTree] = useState(options.some((option) => option.parent));
  const canBeTree = question.type !== "ranking" && options.length > 1;
  const change = (to: Partial<DraftQuestion>) => edit({ do: "change question", id: question.id, to });
  return (
    <fieldset className={classes.options}>
      <legend>Options</legend>
      {options.length > 0 && (
        <div className={classes.optionHead} data-moves={before !== undefined || undefined} aria-hidden="true">
          <span>Title</span>
          <span>Value in the data</span>
          <span>Help</span>
          <span>Key</span>
        </div>
      )}
      <ol className={classes.optionList}>
        {options.map((option, at) => (
          <OptionLine
            key={option.id}
            option={option}
            at={at}
            question={question}
            isAnswered={before !== undefined}
            edit={edit}
            last={at === options.length - 1}
            parents={isTree ? options : undefined}
          />
        ))}
      </ol>
      <Removed
        what="option"
        titles={removedOptions(question, before).map(({ value, title }) => ({ value, title: title ?? value }))}
        onPutBack={(value) => {
          const option = removedOptions(question, before).find((one) => one.value === value);
          if (option) edit({ do: "put back option", id: question.id, option });
        }}
      />
      {canBeTree && (
        <div className={classes.checks}>
          <Checkbox
            size="xs"
            label="Some options lie below others"
            checked={isTree}
            disabled={options.some((option) => option.parent)}
            onChange={(e) => setTree(e.currentTarget.checked)}
          />
          {isTree && (
            <Checkbox
              size="xs"
              label="Only the lowest can be chosen"
              checked={question.leaves_only}
              onChange={(e) => change({ leaves_only: e.currentTarget.checked })}
            />
          )}
        </div>
      )}
      <NewOption onAdd={(titles) => edit({ do: "add options", id: question.id, titles })} />
    </fieldset>
  );
}

type OptionLineProps = {
  question: DraftQuestion;
  option: DraftOption;
  /** It may have answers, so that merging and splitting mean something. */
  isAnswered: boolean;
  at: number;
  edit: (edit: Edit) => void;
  last: boolean;
  /** The options it may lie below, where they form a tree. */
  parents: readonly DraftOption[] | undefined;
};

function OptionLine({ question, option, isAnswered, at, edit, last, parents }: OptionLineProps) {
  const [move, setMove] = useState<Move | null>(null);
  const change = (to: Partial<DraftOption>) => edit({ do: "change option", id: option.id, to });
  const called = option.title || `option ${at + 1}`;
  const origin = originInWords(option);
  return (
    <li className={classes.option} onKeyDown={onMoveKeys(option.id, edit)}>
      <TextInput
        size="xs"
        aria-label={`Title of option ${at + 1}`}
        value={option.title}
        onChange={(e) => change({ title: e.currentTarget.value })}
      />
      <TextInput
        size="xs"
        className={classes.mono}
        aria-label={`Value of ${called}`}
        value={option.value}
        onChange={(e) => change({ value: e.currentTarget.value })}
      />
      <TextInput
        size="xs"
        aria-label={`Help for ${called}`}
        placeholder="none"
        value={option.help}
        onChange={(e) => change({ help: e.currentTarget.value })}
      />
      <TextInput
        size="xs"
        className={classes.key}
        aria-label={`Key of ${called}`}
        placeholder={at < 9 ? String(at + 1) : "·"}
        maxLength={1}
        value={option.key}
        onChange={(e) => change({ key: e.currentTarget.value.toLowerCase().replace(/[^a-z0-9]/, "") })}
      />
      <div className={classes.order}>
        {isAnswered && <MoveMenu option={option} onMove={setMove} />}
        <Order id={option.id} name={called} edit={edit} first={at === 0} last={last} />
      </div>
      {isAnswered && origin && <p className={classes.origin}>{origin}</p>}
      {move === "merge" && <MergeForm question={question} option={option} edit={edit} onDone={() => setMove(null)} />}
      {move === "split" && <SplitForm question={question} option={option} edit={edit} onDone={() => setMove(null)} />}
      {parents && (
        <div className={classes.below}>
          <Choice
            label={`${called} lies below`}
            options={[
              { value: "", label: "at the top" },
              ...parents
                .filter((one) => one.id !== option.id && one.value)
                .map((one) => ({ value: one.value, label: `below ${one.title || one.value}` })),
            ]}
            value={option.parent}
            onChange={(parent) => change({ parent })}
          />
        </div>
      )}
    </li>
  );
}

function NewOption({ onAdd }: { onAdd: (titles: readonly string[]) => void }) {
  const [title, setTitle] = useState("");
  const add = () => {
    if (!title.trim()) return;
    onAdd([title.trim()]);
    setTitle("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  const onPaste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData("text").split(/\r?\n/);
    const titles = lines.map((line) => line.trim()).filter(Boolean);
    if (titles.length < 2) return;
    event.preventDefault();
    onAdd(titles);
  };
  return (
    <TextInput
      size="xs"
      aria-label="New option"
      placeholder="New option; Enter adds it, a pasted list adds one per line"
      value={title}
      onChange={(e) => setTitle(e.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onBlur={add}
    />
  );
}
