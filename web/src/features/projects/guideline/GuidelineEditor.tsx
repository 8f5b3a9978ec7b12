/** Write the guideline beside how it will be read. What is typed is kept in this browser until it is saved or discarded. */
import { Button, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { applyPatch, structuredPatch } from "diff";
import { useDeferredValue, useRef, useState } from "react";
import { useKeys } from "@/lib/keys";
import { useKept } from "@/lib/useKept";
import { Key, Markdown, Page, ProblemNote } from "@/ui";
import { useSaveGuideline } from "../api/guidelines";
import { readable } from "../guidelineSections";
import type { Project } from "../queries";
import { type CaseDraft, withCase } from "./caseText";
import { DiffView } from "./DiffView";
import classes from "./guideline.module.css";
import { InsertCase } from "./InsertCase";

/** Stands before a kept draft, so that an emptied text differs from none. */
const MARK = "=";

const SIDES = [
  { value: "preview", label: "Preview" },
  { value: "changes", label: "Changes" },
];

export function GuidelineEditor({ project, onDone }: { project: Project; onDone: () => void }) {
  const [present, setPresent] = useState(project.guideline);
  const [kept, setKept] = useKept<string>(`guideline-draft:${project.id}:${present.version}`, "");
  const [merged, setMerged] = useState<string | null>(null);
  const [clash, setClash] = useState(false);
  const body = kept ? kept.slice(MARK.length) : (merged ?? present.body);
  const [note, setNote] = useState("");
  const [side, setSide] = useState("preview");
  const shown = useDeferredValue(body);
  const text = useRef<HTMLTextAreaElement>(null);
  const save = useSaveGuideline(project.id);
  const changed = body !== present.body;
  useBlocker({
    shouldBlockFn: () =>
      changed && !window.confirm("The guideline is not saved. Leave? Your text stays in this browser."),
    enableBeforeUnload: false,
  });
  const finish = () => {
    setKept("");
    setMerged(null);
    onDone();
  };
  const submit = () => {
    if (changed && !save.isPending) save.mutate({ body, note, based_on: present.version }, { onSuccess: finish });
  };
  const newer = project.guideline.version > present.version ? project.guideline : undefined;
  const bringTogether = () => {
    if (!newer) return;
    const whole = applyPatch(newer.body, structuredPatch("", "", present.body, body));
    setClash(whole === false);
    setMerged(whole === false ? body : whole);
    setKept("");
    setPresent(newer);
    setSide("changes");
    save.reset();
  };
  const insert = (draft: CaseDraft) => {
    const made = withCase(body, text.current?.selectionStart ?? body.length, draft);
    setKept(MARK + made.text);
    requestAnimationFrame(() => {
      text.current?.focus();
      text.current?.setSelectionRange(made.caret, made.caret);
    });
  };
  useKeys([{ keys: "mod+s", title: "Save the guideline", whileTyping: true, run: submit }]);
  return (
    <Page
      title="Edit the guideline"
      lead={`Saved, it becomes version ${present.version + 1}. Answers keep the version they were made under.`}
      width="wide"
    >
      {save.isError && <ProblemNote error={save.error} />}
      {newer && (
        <div className={classes.inserts} role="status">
          Version {newer.version} has come meanwhile{newer.note && `: ${newer.note}`}.
          <Button size="xs" variant="default" onClick={bringTogether}>
            Bring both together
          </Button>
        </div>
      )}
      {clash && (
        <p role="status">
          Both versions changed the same place. Your text stands; look under Changes at what it takes back.
        </p>
      )}
      <InsertCase project={project} onInsert={insert} />
      <div className={classes.editing}>
        <Textarea
          ref={text}
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
              <Markdown text={readable(shown)} />
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
