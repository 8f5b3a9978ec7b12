import { EmptyState, Page } from "@/ui";

export function QualityPage() {
  return (
    <Page title="Quality" lead="How far annotators agree beyond chance.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
