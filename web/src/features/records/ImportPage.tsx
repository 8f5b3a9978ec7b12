import { EmptyState, Page } from "@/ui";

export function ImportPage() {
  return (
    <Page title="Import" lead="Bring records in from a file.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
