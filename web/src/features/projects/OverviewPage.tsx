import { EmptyState, Page } from "@/ui";

export function OverviewPage() {
  return (
    <Page title="Overview" lead="How far the work is, and who did it.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
