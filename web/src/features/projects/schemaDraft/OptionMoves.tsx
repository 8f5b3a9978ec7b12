/** An option that answers hold becomes several, or several become one: which, and what they are called from now on. */
import { ActionIcon, Button, Checkbox, Group, Menu, Textarea, TextInput } from "@mantine/core";
import { Ellipsis, Merge, Split } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { DraftOption, DraftQuestion } from "./draft";
import type { Edit } from "./edits";
import { canMerge, canSplit } from "./optionMoves";
import classes from "./SchemaEditor.module.css";

export type Move = "merge" | "split";

export function MoveMenu({ option, onMove }: { option: DraftOption; onMove: (move: Move) => void }) {
  const called = option.title || option.value;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon title="Merge or split" aria-label={`Merge or split ${called}`}>
          <Ellipsis size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Merge size={15} />} disabled={!canMerge(option)} onClick={() => onMove("merge")}>
          Merge with others
          <span className={classes.menuHelp}>Answers become the one option</span>
        </Menu.Item>
        <Menu.Item leftSection={<Split size={15} />} disabled={!canSplit(option)} onClick={() => onMove("split")}>
          Split into several
          <span className={classes.menuHelp}>People say again which of them</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type FormProps = { question: DraftQuestion; option: DraftOption; edit: (edit: Edit) => void; onDone: () => void };

export function MergeForm({ question, option, edit, onDone }: FormProps) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set([option.id]));
  const [title, setTitle] = useState(option.title);
  const others = question.options.filter((one) => one.id !== option.id && canMerge(one));
  const ready = ids.size > 1 && title.trim() !== "";
  const merge = () => {
    if (!ready) return;
    edit({ do: "merge options", id: question.id, ids: [...ids], title });
    onDone();
  };
  return (
    <MoveForm label={`Merge ${option.title}`} deed={`Merge ${ids.size}`} ready={ready} onGo={merge} onCancel={onDone}>
      <fieldset className={classes.options}>
        <legend>Merge “{option.title}” with</legend>
        <div className={classes.checks}>
          {others.map((one, at) => (
            <Checkbox
              key={one.id}
              size="xs"
              autoFocus={at === 0}
              label={one.title || one.value}
              checked={ids.has(one.id)}
              onChange={() =>
                setIds(new Set(ids.has(one.id) ? [...ids].filter((id) => id !== one.id) : [...ids, one.id]))
              }
            />
          ))}
        </div>
      </fieldset>
      <TextInput size="xs" label="Called" value={title} onChange={(e) => setTitle(e.currentTarget.value)} />
    </MoveForm>
  );
}

export function SplitForm({ option, edit, onDone }: FormProps) {
  const [text, setText] = useState("");
  const titles = [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
  const split = () => {
    if (titles.length < 2) return;
    edit({ do: "split option", id: option.id, titles });
    onDone();
  };
  return (
    <MoveForm
      label={`Split ${option.title}`}
      deed={titles.length > 1 ? `Split into ${titles.length}` : "Split"}
      ready={titles.length > 1}
      onGo={split}
      onCancel={onDone}
    >
      <Textarea
        size="xs"
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        label={`“${option.title}” becomes`}
        description="One option per line; the present one may be among them"
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
    </MoveForm>
  );
}

type MoveFormProps = {
  label: string;
  deed: string;
  ready: boolean;
  onGo: () => void;
  onCancel: () => void;
  children: React.ReactNode;
};

function MoveForm({ label, deed, ready, onGo, onCancel, children }: MoveFormProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const isLine = event.target instanceof HTMLTextAreaElement && !(event.ctrlKey || event.metaKey);
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && !isLine && !(event.target instanceof HTMLButtonElement)) onGo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={classes.move} aria-label={label} onKeyDown={onKeyDown}>
      {children}
      <Group gap="xs">
        <Button size="xs" disabled={!ready} onClick={onGo}>
          {deed}
        </Button>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </section>
  );
}

/** Where an option comes from, where that is not itself. */
export function originInWords({ was, partOf, value }: DraftOption): string {
  if (partOf) return `part of ${partOf}`;
  if (was.length > 1) return `was ${was.slice(0, -1).join(", ")} and ${was.at(-1)}`;
  return was[0] !== undefined && was[0] !== value ? `was ${was[0]}` : "";
}
