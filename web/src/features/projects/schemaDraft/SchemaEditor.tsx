/** Fields and questions, edited beside what annotators will see. It holds no draft of its own and saves nothing. */
import { Button, Group, Menu, Tooltip } from "@mantine/core";
import { Plus, Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useKeys } from "@/lib/keys";
import { Section } from "@/ui";
import type { Question } from "../queries";
import type { QuestionType } from "./draft";
import { FieldRow } from "./FieldRow";
import type { Fault } from "./faults";
import { QuestionCard } from "./QuestionCard";
import { QuestionPreview } from "./QuestionPreview";
import { Removed } from "./Removed";
import classes from "./SchemaEditor.module.css";
import type { SchemaDraft } from "./useSchemaDraft";

const TYPES: ReadonlyArray<{ type: QuestionType; title: string; help: string }> = [
  { type: "label", title: "Label", help: "Exactly one of several options" },
  { type: "multi_label", title: "Labels", help: "Any of several options" },
  { type: "rating", title: "Rating", help: "A place on a scale" },
  { type: "preference", title: "Preference", help: "Which of two fields is better" },
  { type: "text", title: "Text", help: "Free words" },
  { type: "span", title: "Passages", help: "Stretches of a text, each under a label" },
  { type: "ranking", title: "Order", help: "Several replies from the best to the worst" },
  { type: "edit", title: "Rewrite", help: "A better version of a text or a turn" },
];

type SchemaEditorProps = {
  schema: SchemaDraft;
  faults: readonly Fault[];
  /** The questions in use: what the draft does to them can be said, and what it removes can be put back. */
  before?: readonly Question[];
};

export function SchemaEditor({ schema, faults, before = [] }: SchemaEditorProps) {
  const { draft, edit, undo, redo } = schema;
  const [openId, setOpenId] = useState<number | undefined>(draft.questions[0]?.id);
  useKeys([
    { keys: "mod+z", title: "Undo", group: "Questions", disabled: !undo, run: () => undo?.() },
    { keys: ["mod+shift+z", "mod+y"], title: "Redo", group: "Questions", disabled: !redo, run: () => redo?.() },
  ]);
  const addQuestion = (type: QuestionType) => {
    setOpenId(draft.nextId);
    edit({ do: "add question", type });
  };
  const faultsAt = (id: number) => faults.filter((fault) => fault.id === id);
  const open = draft.questions.find((question) => question.id === openId);
  return (
    <div className={classes.columns}>
      <div className={classes.editor}>
        <Section title="Questions" aside={<History undo={undo} redo={redo} />}>
          <ol className={classes.list}>
            {draft.questions.map((question, at) => (
              <QuestionCard
                key={question.id}
                question={question}
                before={before.find((one) => one.name === question.was)}
                fields={draft.fields}
                earlier={draft.questions.slice(0, at)}
                faults={faultsAt(question.id)}
                open={question.id === openId}
                onOpen={() => setOpenId(question.id === openId ? undefined : question.id)}
                edit={edit}
                first={at === 0}
                last={at === draft.questions.length - 1}
              />
            ))}
          </ol>
          <Removed
            what="question"
            titles={before
              .filter((one) => !draft.questions.some((question) => question.was === one.name))
              .map((one) => ({ value: one.name, title: one.title }))}
            onPutBack={(name) => {
              const question = before.find((one) => one.name === name);
              if (question) edit({ do: "put back question", question });
            }}
          />
          <Menu position="bottom-start" returnFocus={false}>
            <Menu.Target>
              <Button variant="default" leftSection={<Plus size={15} />}>
                Add a question
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {TYPES.map(({ type, title, help }) => (
                <Menu.Item key={type} onClick={() => addQuestion(type)}>
                  {title}
                  <span className={classes.menuHelp}>{help}</span>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Section>
        <Section title="Fields of a record">
          <p className={classes.hint}>What people see of each record: texts, chats, or documents of context.</p>
          <ol className={classes.list}>
            {draft.fields.map((field, at) => (
              <FieldRow
                key={field.id}
                field={field}
                faults={faultsAt(field.id)}
                edit={edit}
                first={at === 0}
                last={at === draft.fields.length - 1}
              />
            ))}
          </ol>
          <Button variant="default" leftSection={<Plus size={15} />} onClick={() => edit({ do: "add field" })}>
            Add a field
          </Button>
        </Section>
      </div>
      <aside className={classes.preview} aria-label="Preview">
        <QuestionPreview draft={draft} openId={open?.id} onOpen={setOpenId} />
      </aside>
    </div>
  );
}

function History({ undo, redo }: Pick<SchemaDraft, "undo" | "redo">) {
  return (
    <Group gap={4} className={classes.history}>
      <Tooltip label="Undo (Ctrl+Z)">
        <Button variant="subtle" size="compact-xs" disabled={!undo} onClick={undo} leftSection={<Undo2 size={14} />}>
          Undo
        </Button>
      </Tooltip>
      <Tooltip label="Redo (Ctrl+Shift+Z)">
        <Button variant="subtle" size="compact-xs" disabled={!redo} onClick={redo} leftSection={<Redo2 size={14} />}>
          Redo
        </Button>
      </Tooltip>
    </Group>
  );
}
