/** What the owner of a workspace looks after: people, invitations, API keys, and the trail of every change. */
import { Page } from "@/ui";
import { PageTabs } from "@/ui/PageTabs";
import { AuditTrail } from "./AuditTrail";
import { Invitations } from "./Invitations";
import { KeyList } from "./KeyList";
import { PeopleTable } from "./PeopleTable";

export function AdminPage() {
  return (
    <Page title="Admin" lead="People, invitations, API keys and the audit trail of this workspace.">
      <PageTabs
        tabs={[
          { name: "people", title: "People", content: <PeopleTable /> },
          { name: "invitations", title: "Invitations", content: <Invitations /> },
          { name: "keys", title: "API keys", content: <KeyList everybody /> },
          { name: "audit", title: "Audit trail", content: <AuditTrail /> },
        ]}
      />
    </Page>
  );
}
