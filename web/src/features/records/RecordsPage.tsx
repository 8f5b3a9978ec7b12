/** Every record of the project: search, filter, scroll through all of them, open one. */
import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FileUp, SearchX } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { can, type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { count } from "@/lib/format";
import { EmptyState, Loading, ProblemNote } from "@/ui";
import { type RecordRow, recordsQuery } from "./api/records";
import { ColumnMenu } from "./ColumnMenu";
import { type Columns, useColumns } from "./columns";
import { DeleteMenu } from "./DeleteMenu";
import { RecordDrawer } from "./RecordDrawer";
import { RecordFilters } from "./RecordFilters";
import classes from "./RecordsPage.module.css";
import { RecordsTable } from "./RecordsTable";
import { Relabel } from "./Relabel";
import { EVERYTHING, filterFrom, isFiltered, type RecordFilter, type RecordSearch, searchFrom } from "./recordFilter";
import { ViewMenu } from "./ViewMenu";

export function RecordsPage() {
  const project = useProject(useProjectId());
  useDocumentTitle(`Records of ${project.name} · Goldsmith`);
  const search: RecordSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = useMemo(() => filterFrom(search), [search]);
  const columns = useColumns(project.id);
  const records = useInfiniteQuery(recordsQuery(project.id, filter));
  const rows = useMemo(() => records.data?.pages.flatMap((page) => page.items) ?? [], [records.data]);
  const go = useCallback(
    (next: RecordSearch) => void navigate({ to: ".", search: next as never, replace: true, resetScroll: false }),
    [navigate],
  );
  const show = (next: RecordFilter) => go(searchFrom(next));
  const open = (record: RecordRow | undefined) =>
    go({ ...searchFrom(filter), ...(record ? { record: record.id } : {}) });
  return (
    <div className={classes.page}>
      <Head
        project={project}
        total={records.data?.pages[0]?.total}
        shown={rows.length}
        more={records.hasNextPage}
        columns={columns}
        views={<ViewMenu project={project} filter={filter} onChoose={show} />}
        deeds={
          <>
            {can(project.my_role, "review") && <Relabel project={project} filter={filter} anyShown={rows.length > 0} />}
            {can(project.my_role, "manage") && (
              <DeleteMenu project={project} filter={filter} anyShown={rows.length > 0} />
            )}
          </>
        }
      />
      {project.counts.records === 0 && rows.length === 0 && !isFiltered(filter) ? (
        <Nothing project={project} />
      ) : (
        <>
          <RecordFilters projectId={project.id} filter={filter} onChange={show} />
          {records.isError && <ProblemNote error={records.error} onRetry={records.refetch} />}
          {records.isPending && <Loading what="Fetching records" />}
          {records.isSuccess && rows.length === 0 && !records.hasNextPage ? (
            <EmptyState
              icon={<SearchX size={22} />}
              title="No record fits"
              action={
                <Button variant="default" onClick={() => show({ ...EVERYTHING, sort: filter.sort })}>
                  Show all records
                </Button>
              }
            />
          ) : (
            records.isSuccess && (
              <RecordsTable
                project={project}
                rows={rows}
                columns={columns.shown}
                sort={filter.sort}
                onSort={(sort) => show({ ...filter, sort })}
                onOpen={open}
                openId={search.record}
                more={records}
                stale={records.isPlaceholderData}
              />
            )
          )}
        </>
      )}
      <RecordDrawer project={project} rows={rows} openId={search.record} onOpen={open} />
    </div>
  );
}

type HeadProps = {
  project: Project;
  total: number | null | undefined;
  shown: number;
  more: boolean;
  columns: Columns;
  views: ReactNode;
  deeds: ReactNode;
};

function Head({ project, total, shown, more, columns, views, deeds }: HeadProps) {
  const known = total ?? (more ? null : shown);
  const words = known === null ? `the first ${count(shown)} of more` : count(known);
  return (
    <header className={classes.head}>
      <div>
        <h1 className={classes.title}>Records</h1>
        <p className={classes.lead} role="status">
          {project.counts.records > 0 && `${words} of ${count(project.counts.records)}`}
        </p>
      </div>
      <div className={classes.deeds}>
        {project.counts.records > 0 && views}
        {shown > 0 && <ColumnMenu columns={columns} />}
        {deeds}
        {can(project.my_role, "manage") && (
          <Button component={Link} to={`/projects/${project.id}/import`} leftSection={<FileUp size={16} />}>
            Import
          </Button>
        )}
      </div>
    </header>
  );
}

function Nothing({ project }: { project: Project }) {
  const manages = can(project.my_role, "manage");
  return (
    <EmptyState
      icon={<FileUp size={22} />}
      title="No records yet"
      action={
        manages && (
          <Button component={Link} to={`/projects/${project.id}/import`}>
            Import a file
          </Button>
        )
      }
    >
      <p>
        {manages
          ? "A record is one thing to judge. Bring them in from CSV, TSV, JSON, JSONL or Parquet."
          : "They appear here as soon as somebody who leads the project imports them."}
      </p>
    </EmptyState>
  );
}
