import { EmptyState, Page } from "@/ui";

export function AnnotatePage() {
  return (
    <Page title="Annotate" lead="x">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
