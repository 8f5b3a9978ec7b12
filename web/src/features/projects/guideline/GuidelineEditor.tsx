/** Write the guideline beside how it will be read. What is typed is kept in this browser until it is saved or discarded. */
import { Button, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { useKeys } from "@/lib/keys";
import { useKept } from "@/lib/useKept";
import { Key, Markdown, Page, ProblemNote } from "@/ui";
import { useSaveGuideline } from "../api/guidelines";
import type { Project } from "../queries";
import { DiffView } from "./DiffView";
import classes from "./guideline.module.css";

/** Stands before a kept draft, so that an emptied text differs from none. */
const MARK = "=";

const SIDES = [
  { value: "preview", label: "Preview" },
  { value: "changes", label: "Changes" },
];

export function GuidelineEditor({ project, onDone }: { project: Project; onDone: () => void }) {
  const present = project.guideline;
  const [kept, setKept] = useKept<string>(`guideline-draft:${project.id}:${present.version}`, "");
  const body = kept ? kept.slice(MARK.length) : present.body;
  const [note, setNote] = useState("");
  const [side, setSide] = useState("preview");
  const shown = useDeferredValue(body);
  const save = useSaveGuideline(project.id);
  const changed = body !== present.body;
  useBlocker({
    shouldBlockFn: () =>
      changed && !window.confirm("The guideline is not saved. Leave? Your text stays in this browser."),
    enableBeforeUnload: false,
  });
  const finish = () => {
    setKept("");
    onDone();
  };
  const submit = () => {
    if (changed && !save.isPending) save.mutate({ body, note }, { onSuccess: finish });
  };
  useKeys([{ keys: "mod+s", title: "Save the guideline", whileTyping: true, run: submit }]);
  return (
    <Page
      title="Edit the guideline"
      lead={`Saved, it becomes version ${present.version + 1}. Answers keep the version they were made under.`}
      width="wide"
    >
      {save.isError && <ProblemNote error={save.error} />}
      <div className={classes.editing}>
        <Textarea
          aria-label="Guideline in Markdown"
          className={classes.source}
          value={body}
          onChange={(e) => setKept(MARK + e.currentTarget.value)}
          autoFocus
          spellCheck
        />
        <section className={classes.side} aria-label={side === "preview" ? "Preview" : "Changes"}>
          <SegmentedControl
            size="xs"
            aria-label="Beside the text"
            data={SIDES}
            value={side}
            onChange={setSide}
            mb="md"
          />
          <div className={classes.sideText} tabIndex={0}>
            {side === "preview" ? (
              <Markdown text={shown} />
            ) : (
              <DiffView title={`Since version ${present.version}`} before={present.body} after={shown} />
            )}
          </div>
        </section>
      </div>
      <div className={classes.foot}>
        <TextInput
          className={classes.note}
          aria-label="What changed"
          placeholder="What changed, in a few words"
          maxLength={500}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        <Button variant="default" onClick={finish}>
          {changed ? "Discard" : "Close"}
        </Button>
        <Button
          loading={save.isPending}
          disabled={!changed}
          onClick={submit}
          rightSection={<Key name="mod+s" of="This page" tone="quiet" />}
        >
          Save
        </Button>
      </div>
    </Page>
  );
}
