/** Edit the questions; saving makes a new version, and nothing is lost on the way there. */
import { Button, TextInput } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key, ProblemNote } from "@/ui";
import { useSaveSchema } from "../api/schema";
import type { Project } from "../queries";
import { FollowProgress } from "../schemaChange/FollowProgress";
import { SavePreview } from "../schemaChange/SavePreview";
import { changesOf } from "../schemaDraft/changes";
import { contentOf, draftOf } from "../schemaDraft/draft";
import { faultsOf } from "../schemaDraft/faults";
import { SchemaEditor } from "../schemaDraft/SchemaEditor";
import { useSchemaDraft } from "../schemaDraft/useSchemaDraft";
import classes from "./SchemaSettings.module.css";

export function SchemaSettings({ project }: { project: Project }) {
  const schema = useSchemaDraft(() => draftOf(project.schema, true));
  const save = useSaveSchema(project.id);
  const [note, setNote] = useState("");
  const [looking, setLooking] = useState(false);
  const faults = useMemo(() => faultsOf(schema.draft), [schema.draft]);
  const content = useMemo(() => contentOf(schema.draft), [schema.draft]);
  const changed = useMemo(
    () => JSON.stringify(content) !== JSON.stringify(contentOf(draftOf(project.schema, true))),
    [content, project.schema],
  );
  const leaves = () => changed && !window.confirm("The questions are not saved. Leave and lose the changes?");
  useBlocker({ shouldBlockFn: leaves, enableBeforeUnload: () => changed });
  const ready = changed && faults.length === 0 && !save.isPending;
  const body = useMemo(
    () => ({ ...content, note, changes: changesOf(schema.draft, project.schema.questions) }),
    [content, note, schema.draft, project.schema],
  );
  const submit = () => {
    if (!ready) return;
    save.mutate(body, {
      onSuccess: (saved) => {
        setNote("");
        setLooking(false);
        schema.restart(draftOf(saved, true));
      },
    });
  };
  const isAnswered = project.counts.annotations > 0;
  const goOn = () => (isAnswered ? ready && setLooking(true) : submit());
  useKeys([{ keys: "mod+s", title: "Save the questions", group: "Questions", whileTyping: true, run: goOn }]);
  return (
    <>
      <FollowProgress projectId={project.id} whileRunning />
      <SchemaEditor schema={schema} faults={faults} before={project.schema.questions} />
      {looking && (
        <SavePreview
          project={project}
          draft={body}
          busy={save.isPending}
          error={save.error}
          onGo={submit}
          onClose={() => setLooking(false)}
        />
      )}
      <div className={classes.bar} data-changed={changed || undefined}>
        {save.isError && !looking && <ProblemNote error={save.error} />}
        <div className={classes.line}>
          {changed ? (
            <>
              <TextInput
                className={classes.note}
                aria-label="What changed"
                placeholder="What changed, in a few words"
                value={note}
                onChange={(e) => setNote(e.currentTarget.value)}
              />
              <Button variant="default" onClick={() => schema.restart(draftOf(project.schema, true))}>
                Discard
              </Button>
              <Button
                loading={save.isPending}
                disabled={!ready}
                onClick={goOn}
                rightSection={<Key name="mod+s" of="Questions" tone="quiet" />}
              >
                {isAnswered ? "See what it does, and save" : `Save as version ${project.schema.version + 1}`}
              </Button>
            </>
          ) : null}
          <p className={classes.words} role="status">
            {statusOf(changed, faults.length, save.isSuccess, project.schema.version)}
          </p>
        </div>
      </div>
    </>
  );
}

function statusOf(changed: boolean, faults: number, saved: boolean, version: number): string {
  if (!changed)
    return `${saved ? "Saved. " : ""}Version ${version} is in use. Answers keep the version they were made under.`;
  if (faults > 0) return "Something is incomplete; it is marked in red.";
  return "People get the new questions with their next record.";
}
