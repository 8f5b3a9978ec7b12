import { Checkbox, TextInput } from "@mantine/core";
import { Choice } from "@/ui/Choice";
import type { DraftField } from "./draft";
import type { Edit } from "./edits";
import { FaultList } from "./FaultList";
import type { Fault } from "./faults";
import { Order, onMoveKeys } from "./Order";
import classes from "./SchemaEditor.module.css";

const TYPES = [
  { value: "text", label: "Text" },
  { value: "chat", label: "Chat" },
  { value: "context", label: "Context documents" },
  { value: "tools", label: "Tools of a chat" },
];

type FieldRowProps = {
  field: DraftField;
  faults: readonly Fault[];
  edit: (edit: Edit) => void;
  first: boolean;
  last: boolean;
};

export function FieldRow({ field, faults, edit, first, last }: FieldRowProps) {
  const change = (to: Partial<DraftField>) => edit({ do: "change field", id: field.id, to });
  const called = field.title || field.name || "this field";
  return (
    <li className={classes.part} onKeyDown={onMoveKeys(field.id, edit)}>
      <div className={classes.fieldLine}>
        <TextInput
          label="Title"
          value={field.title ?? ""}
          placeholder={field.name}
          onChange={(e) => change({ title: e.currentTarget.value })}
        />
        <TextInput
          label="Name in the data"
          className={classes.mono}
          value={field.name}
          readOnly={field.known}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <Choice
          titled
          label="Type"
          options={TYPES}
          value={field.type}
          disabled={field.known}
          onChange={(type) => change({ type: type as DraftField["type"] })}
        />
        <div className={classes.order}>
          <Order
            id={field.id}
            name={called}
            edit={edit}
            first={first}
            last={last}
            kept={field.known ? "Records carry it" : undefined}
          />
        </div>
      </div>
      <div className={classes.checks}>
        <Checkbox
          label="Every record has it"
          checked={field.required}
          onChange={(e) => change({ required: e.currentTarget.checked })}
        />
        {field.type === "text" && (
          <Checkbox
            label="Show as Markdown"
            checked={field.markdown}
            onChange={(e) => change({ markdown: e.currentTarget.checked })}
          />
        )}
      </div>
      <FaultList faults={faults} />
    </li>
  );
}
