import { EmptyState, Page } from "@/ui";

export function GuidelinePage() {
  return (
    <Page title="Guideline" lead="What annotators read beside every record.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
