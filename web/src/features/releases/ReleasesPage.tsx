import { EmptyState, Page } from "@/ui";

export function ReleasesPage() {
  return (
    <Page title="Releases" lead="Frozen, content-hashed exports.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
