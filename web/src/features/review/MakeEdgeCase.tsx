/** A decision becomes an edge case of the guideline: what it would say is there already, to be improved and saved. */
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { BookmarkPlus } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/features/projects";
import {
  type EdgeCaseDraft,
  type EdgeCaseProposal,
  edgeCaseQuery,
  useMakeEdgeCase,
} from "@/features/projects/api/citations";
import { PassageLink } from "@/features/projects/Citing";
import { useKeys } from "@/lib/keys";
import { Key, Loading, ProblemNote } from "@/ui";
import { Form } from "@/ui/Form";

type MakeEdgeCaseProps = { project: Project; taskId: number };

export function MakeEdgeCase({ project, taskId }: MakeEdgeCaseProps) {
  const [open, setOpen] = useState(false);
  useKeys([{ keys: "e", title: "Make the decision an edge case", group: "Review", run: () => setOpen(true) }]);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<BookmarkPlus size={14} />}
        rightSection={<Key name="e" of="Review" tone="quiet" />}
        onClick={() => setOpen(true)}
      >
        Make it an edge case
      </Button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} size="lg" title="An edge case of the guideline">
          <Proposal project={project} taskId={taskId} />
        </Modal>
      )}
    </>
  );
}

function Proposal({ project, taskId }: MakeEdgeCaseProps) {
  const proposal = useQuery({ ...edgeCaseQuery(project.id, taskId), staleTime: 0, gcTime: 0 });
  if (proposal.isPending) return <Loading what="Reading the decision" />;
  if (proposal.isError) return <ProblemNote error={proposal.error} onRetry={proposal.refetch} />;
  if (proposal.data.anchor)
    return (
      <p role="status">
        It is in the guideline:{" "}
        <PassageLink projectId={project.id} anchor={proposal.data.anchor} title={`#${proposal.data.anchor}`} />. Those
        who annotate see it before their next record. The guideline's versions take it back.
      </p>
    );
  return <EdgeCaseForm project={project} taskId={taskId} proposal={proposal.data} />;
}

function EdgeCaseForm({ project, taskId, proposal }: MakeEdgeCaseProps & { proposal: EdgeCaseProposal }) {
  const make = useMakeEdgeCase(project.id, taskId);
  const [draft, setDraft] = useState<Required<EdgeCaseDraft>>(proposal);
  const set = (part: Partial<EdgeCaseDraft>) => setDraft({ ...draft, ...part });
  const { title, excerpt, answer, why } = draft;
  return (
    <Form
      deed={`Add it as version ${project.guideline.version + 1}`}
      disabled={!title?.trim()}
      busy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate({ title, excerpt, answer, why })}
    >
      {proposal.sealed && (
        <p>
          This record is sensitive or held out. Describe the case in words of your own: everybody reads the guideline.
        </p>
      )}
      <TextInput
        label="Title"
        data-autofocus
        maxLength={200}
        value={title ?? ""}
        onChange={(e) => set({ title: e.currentTarget.value })}
      />
      <Textarea
        label="The case"
        description={proposal.sealed ? "In your own words" : "What the record says, as much as it takes"}
        autosize
        minRows={2}
        maxRows={8}
        value={excerpt ?? ""}
        onChange={(e) => set({ excerpt: e.currentTarget.value })}
      />
      <TextInput
        label="The right answer"
        value={answer ?? ""}
        onChange={(e) => set({ answer: e.currentTarget.value })}
      />
      <Textarea
        label="Why"
        autosize
        minRows={2}
        maxRows={8}
        value={why ?? ""}
        onChange={(e) => set({ why: e.currentTarget.value })}
      />
    </Form>
  );
}
