import { EmptyState, Page } from "@/ui";

export function RecordsPage() {
  return (
    <Page title="Records" lead="Everything there is to judge.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
