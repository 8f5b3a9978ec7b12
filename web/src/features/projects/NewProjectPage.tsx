import { EmptyState, Page } from "@/ui";

export function NewProjectPage() {
  return (
    <Page title="New project" lead="One judging task: questions, guideline, records.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
