import { EmptyState, Page } from "@/ui";

export function ReviewPage() {
  return (
    <Page title="Review" lead="Records that need an expert.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
