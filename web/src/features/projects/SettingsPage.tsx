import { EmptyState, Page } from "@/ui";

export function SettingsPage() {
  return (
    <Page title="Settings" lead="Questions, fields, policy and members.">
      <EmptyState title="Not built yet" />
    </Page>
  );
}
