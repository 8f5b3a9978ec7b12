import { EmptyState, Page } from "@/ui";

export function RecordPage() {
  return (
    <Page title="Record" lead="One record and its story.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
