/** Everything about a project that its managers decide. */
import { Page } from "@/ui";
import { PageTabs } from "@/ui/PageTabs";
import { useProject } from "./queries";
import { SchemaVersions } from "./schemaChange/SchemaVersions";
import { StaleWorklist } from "./schemaChange/StaleWorklist";
import { GeneralSettings } from "./settings/GeneralSettings";
import { MemberSettings } from "./settings/MemberSettings";
import { PolicySettings } from "./settings/PolicySettings";
import { RetentionSettings } from "./settings/RetentionSettings";
import { SchemaSettings } from "./settings/SchemaSettings";
import { useProjectId } from "./useProjectId";

export function SettingsPage() {
  const project = useProject(useProjectId());
  return (
    <Page title="Settings" lead="What is asked, by which rules, and of whom." width="wide">
      <PageTabs
        tabs={[
          { name: "questions", title: "Questions", content: <SchemaSettings project={project} /> },
          { name: "versions", title: "Versions", content: <SchemaVersions project={project} /> },
          { name: "again", title: "Answers to give again", content: <StaleWorklist project={project} /> },
          {
            name: "rules",
            title: "Rules",
            content: <PolicySettings key={JSON.stringify(project.policy)} project={project} />,
          },
          { name: "members", title: "Members", content: <MemberSettings project={project} /> },
          { name: "retention", title: "Retention", content: <RetentionSettings project={project} /> },
          { name: "general", title: "General", content: <GeneralSettings project={project} /> },
        ]}
      />
    </Page>
  );
}
