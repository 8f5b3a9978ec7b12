import { EmptyState, Page } from "@/ui";

export function AdminPage() {
  return (
    <Page title="Admin" lead="People, keys and the audit trail.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
