/** Puts an edge case or an example into the text: what the record says, the right answer, and why. */
import { Autocomplete, Button, Modal, Textarea, TextInput } from "@mantine/core";
import { BookmarkPlus, Quote } from "lucide-react";
import { useState } from "react";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { Form } from "@/ui/Form";
import type { Project } from "../queries";
import { optionsIn } from "../schemaDraft/draft";
import type { CaseDraft, CaseKind } from "./caseText";
import classes from "./guideline.module.css";

const EMPTY = { title: "", excerpt: "", answer: "", why: "" };
const TITLES: Record<CaseKind, string> = { edge: "Edge case", example: "Example" };

export function InsertCase({ project, onInsert }: { project: Project; onInsert: (draft: CaseDraft) => void }) {
  const [draft, setDraft] = useState<CaseDraft | null>(null);
  const set = (part: Partial<CaseDraft>) => setDraft(draft && { ...draft, ...part });
  const begin = (kind: CaseKind) => setDraft({ kind, ...EMPTY });
  useKeys([
    { keys: "mod+e", title: "Insert an edge case", whileTyping: true, run: () => begin("edge") },
    { keys: "mod+shift+e", title: "Insert an example", whileTyping: true, run: () => begin("example") },
  ]);
  return (
    <div className={classes.inserts}>
      <Button
        variant="default"
        size="xs"
        leftSection={<BookmarkPlus size={14} />}
        rightSection={<Key name="mod+e" of="This page" tone="quiet" />}
        onClick={() => begin("edge")}
      >
        Edge case
      </Button>
      <Button
        variant="default"
        size="xs"
        leftSection={<Quote size={14} />}
        rightSection={<Key name="mod+shift+e" of="This page" tone="quiet" />}
        onClick={() => begin("example")}
      >
        Example
      </Button>
      {draft && (
        <Modal opened onClose={() => setDraft(null)} size="lg" title={TITLES[draft.kind]}>
          <Form
            deed="Insert it"
            disabled={!draft.title.trim()}
            onSubmit={() => {
              onInsert(draft);
              setDraft(null);
            }}
          >
            <TextInput
              label="Title"
              description="Its address is made from it now and stays, whatever you call it later"
              data-autofocus
              maxLength={200}
              value={draft.title}
              onChange={(e) => set({ title: e.currentTarget.value })}
            />
            <Textarea
              label="The case"
              description="What a record says, as much as it takes. Nothing of sensitive records or of the holdout."
              autosize
              minRows={2}
              maxRows={8}
              value={draft.excerpt}
              onChange={(e) => set({ excerpt: e.currentTarget.value })}
            />
            <Autocomplete
              label="The right answer"
              data={answersOf(project)}
              limit={8}
              value={draft.answer}
              onChange={(answer) => set({ answer })}
            />
            <Textarea
              label="Why"
              autosize
              minRows={2}
              maxRows={8}
              value={draft.why}
              onChange={(e) => set({ why: e.currentTarget.value })}
            />
          </Form>
        </Modal>
      )}
    </div>
  );
}

function answersOf(project: Project): string[] {
  const words = project.schema.questions.flatMap((question) =>
    optionsIn(question).map((option) => `${question.title} ${option.title || option.value}`),
  );
  return [...new Set(words)];
}
