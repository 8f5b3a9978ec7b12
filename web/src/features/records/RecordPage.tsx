/** One record as a page of its own, for links from elsewhere. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import RecordStory from "@/features/review/RecordStory";
import { Page } from "@/ui";
import { recordQuery } from "./api/record";

export function RecordPage() {
  const project = useProject(useProjectId());
  const recordId = Number(useParams({ strict: false }).recordId);
  const record = useQuery(recordQuery(project.id, recordId)).data;
  return (
    <Page
      title={record?.external_id ?? "Record"}
      actions={
        <Button component={Link} to={`/projects/${project.id}/records`} variant="default">
          All records
        </Button>
      }
    >
      <RecordStory project={project} recordId={recordId} />
    </Page>
  );
}
