/** The first rows as they will be, or why they cannot be records. */
import { useQuery } from "@tanstack/react-query";
import type { Project } from "@/features/projects";
import { plural } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { type PreviewRow, previewQuery } from "./api/preview";
import type { Upload } from "./api/upload";
import { excerptOf } from "./excerpt";
import classes from "./ImportPlan.module.css";
import type { Mapping } from "./mapping";
import { Marks } from "./RecordsTable";

type PreviewTableProps = { project: Project; upload: Upload; mapping: Mapping };

export function PreviewTable({ project, upload, mapping }: PreviewTableProps) {
  const preview = useQuery(previewQuery(project.id, upload.id, mapping));
  if (preview.isPending) return <Loading what="Reading the first rows" />;
  if (preview.isError) return <ProblemNote error={preview.error} onRetry={preview.refetch} />;
  const bad = preview.data.rows.filter((row) => row.error !== null).length;
  return (
    <>
      <TableFrame label="First rows" capped>
        <thead>
          <tr>
            <th scope="col" data-number>
              Line
            </th>
            <th scope="col">Name</th>
            <th scope="col">Text</th>
            <th scope="col">Metadata</th>
          </tr>
        </thead>
        <tbody>
          {preview.data.rows.map((row) => (
            <PreviewLine key={row.line} row={row} project={project} named={mapping.external_id !== null} />
          ))}
        </tbody>
      </TableFrame>
      <p className={classes.quiet} role="status">
        {bad === 0
          ? "All of them can be imported."
          : `${plural(bad, "row")} cannot be imported. Bad rows are left out and can be downloaded with their reasons.`}
      </p>
    </>
  );
}

type PreviewLineProps = {
  row: PreviewRow;
  project: Project;
  /** A column gives the name; otherwise it is made from the content and tells nobody anything. */
  named: boolean;
};

function PreviewLine({ row: { line, record, error }, project, named }: PreviewLineProps) {
  if (!record)
    return (
      <tr>
        <td data-number data-quiet>
          {line}
        </td>
        <td colSpan={3} className={classes.error}>
          {error}
        </td>
      </tr>
    );
  const metadata = Object.entries(record.metadata ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  const marks = { sensitive: record.sensitive ?? false, holdout: record.holdout ?? false };
  return (
    <tr>
      <td data-number data-quiet>
        {line}
      </td>
      {named ? <th scope="row">{record.external_id}</th> : <td data-quiet>made from the content</td>}
      <td className={classes.text}>{excerptOf(project.schema.fields, record.fields)}</td>
      <td data-quiet>
        {metadata.join(", ")} <Marks record={marks} />
      </td>
    </tr>
  );
}
