import { EmptyState, Page } from "@/ui";

export function ReleasePage() {
  return (
    <Page title="Release" lead="One frozen export.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
