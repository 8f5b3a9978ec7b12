/** An uploaded file on its way to records: mapping, preview, and the two buttons that set the work going. */
import { Button, Group, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { bytes, plural } from "@/lib/format";
import { ProblemNote, Section } from "@/ui";
import { useStartImport } from "./api/imports";
import { jobQuery } from "./api/jobs";
import type { Upload } from "./api/upload";
import classes from "./ImportPlan.module.css";
import { JobCard } from "./JobCard";
import { MappingTable } from "./MappingTable";
import { type Mapping, missingFields, wholeMapping } from "./mapping";
import { PreviewTable } from "./PreviewTable";

/** As many columns as the server lists. */
const MOST_COLUMNS = 300;

type ImportPlanProps = { project: Project; upload: Upload; onStarted: (jobId: number) => void; onAnother: () => void };

export function ImportPlan({ project, upload, onStarted, onAnother }: ImportPlanProps) {
  const [mapping, setMapping] = useState<Mapping>(() => wholeMapping(upload.mapping));
  const [batch, setBatch] = useState("");
  const start = useStartImport(project.id);
  const job = useQuery({ ...jobQuery(project.id, start.data?.id ?? 0), enabled: start.data !== undefined }).data;
  const missing = missingFields(mapping, project.schema.fields);
  const run = (dry_run: boolean) =>
    start.mutate(
      { upload_id: upload.id, mapping, dry_run, batch: batch.trim() || null },
      { onSuccess: ({ id }) => onStarted(id) },
    );
  const imported = job !== undefined && !job.dry_run;
  return (
    <>
      <p className={classes.file}>
        <strong>{upload.filename}</strong>
        <span className={classes.quiet}>
          {bytes(upload.size_bytes)}
          {upload.row_estimate !== null && `, about ${plural(upload.row_estimate, "row")}`}
        </span>
        <Button variant="subtle" size="xs" onClick={onAnother}>
          Another file
        </Button>
      </p>
      {!imported && (
        <>
          <Section title="What the columns mean">
            <MappingTable upload={upload} mapping={mapping} fields={project.schema.fields} onChange={setMapping} />
            {upload.columns.length >= MOST_COLUMNS && (
              <p className={classes.quiet} role="status">
                The first {MOST_COLUMNS} columns are listed; columns after them are left out.
              </p>
            )}
            {missing.length > 0 && (
              <p className={classes.missing} role="alert">
                No column fills {missing.map((field) => `“${field.title || field.name}”`).join(", ")}, which every
                record must have.
              </p>
            )}
          </Section>
          {missing.length === 0 && (
            <Section title="The first rows">
              <PreviewTable project={project} upload={upload} mapping={mapping} />
            </Section>
          )}
          <TextInput
            mt="lg"
            className={classes.batch}
            label="Name of this batch"
            description="Kept as metadata “batch” to filter by; may stay empty. Rows known without it are rejected as changed."
            maxLength={100}
            value={batch}
            onChange={(e) => setBatch(e.currentTarget.value)}
          />
          {start.isError && <ProblemNote error={start.error} />}
          <Group mt="lg" gap="xs">
            <Button
              disabled={missing.length > 0}
              loading={start.isPending && !start.variables.dry_run}
              onClick={() => run(false)}
            >
              Import {upload.row_estimate !== null ? `about ${plural(upload.row_estimate, "row")}` : "the file"}
            </Button>
            <Button
              variant="default"
              disabled={missing.length > 0}
              loading={start.isPending && start.variables.dry_run === true}
              onClick={() => run(true)}
            >
              Check every row first
            </Button>
            <span className={classes.quiet}>A check reads the whole file and writes nothing.</span>
          </Group>
        </>
      )}
      {job && (
        <div className={classes.job}>
          <JobCard projectId={project.id} job={job} />
        </div>
      )}
    </>
  );
}
