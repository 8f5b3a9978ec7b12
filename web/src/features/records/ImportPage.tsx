/** Bring a file in: drop it, correct what its columns mean, look at the first rows, check or import all of them. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { Page, Section } from "@/ui";
import { sendToProject, type Upload } from "./api/upload";
import { FileDrop } from "./FileDrop";
import { ImportPlan } from "./ImportPlan";
import { JobList } from "./JobList";

export function ImportPage() {
  const project = useProject(useProjectId());
  const [upload, setUpload] = useState<Upload | null>(null);
  const [jobId, setJobId] = useState<number>();
  return (
    <Page
      title="Import"
      lead="Records come in from CSV, TSV, JSON, JSONL and Parquet. Importing the same file again changes nothing."
      actions={
        <>
          <Button component={Link} to={`/projects/${project.id}/jobs`} variant="default">
            All jobs
          </Button>
          <Button component={Link} to={`/projects/${project.id}/records`} variant="default">
            All records
          </Button>
        </>
      }
    >
      {upload ? (
        <ImportPlan
          key={upload.id}
          project={project}
          upload={upload}
          onStarted={setJobId}
          onAnother={() => setUpload(null)}
        />
      ) : (
        <FileDrop send={sendToProject(project.id)} onSent={setUpload} />
      )}
      <Section title="Imports so far">
        <JobList projectId={project.id} kinds={["import", "bring"]} but={upload ? jobId : undefined} />
      </Section>
    </Page>
  );
}
