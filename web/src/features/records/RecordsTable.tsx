// biome-ignore-all lint/a11y/useSemanticElements: rows that are not in the page cannot be rows of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the button in a row's first cell is what has focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: and it answers the keys
/** A table of any length: only the rows in sight are in the page, the next ones are fetched before they are reached. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Lock, ShieldAlert } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Project } from "@/features/projects";
import { day } from "@/lib/format";
import { Tag } from "@/ui/Tag";
import type { RecordRow } from "./api/records";
import { type Column, tracksOf } from "./columns";
import { excerptOf } from "./excerpt";
import classes from "./RecordsTable.module.css";
import { StateTag } from "./StateTag";

const ROW_PX = 45;
const FETCH_AHEAD = 40;

type RecordsTableProps = {
  project: Project;
  rows: readonly RecordRow[];
  columns: readonly Column[];
  sort: "id" | "-id";
  onSort: (sort: "id" | "-id") => void;
  onOpen: (record: RecordRow) => void;
  openId: number | undefined;
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  stale: boolean;
};

export function RecordsTable(props: RecordsTableProps) {
  const { project, rows, columns, sort, onSort, onOpen, openId, more, stale } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = more;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - FETCH_AHEAD) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const focusRow = (at: number) => {
    if (at < 0 || at >= rows.length) return;
    virtual.scrollToIndex(at);
    const focus = () => {
      const button = box.current?.querySelector<HTMLElement>(`[data-at="${at}"] button`);
      button?.focus({ preventScroll: true });
      return button != null;
    };
    // At once where the row is in the page: the next key of a quick hand starts from it.
    if (!focus()) requestAnimationFrame(focus);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = Number((event.target as HTMLElement).closest<HTMLElement>("[data-at]")?.dataset.at ?? -1);
    focusRow(Math.min(Math.max(at + step, 0), rows.length - 1));
  };
  const { tracks, least } = tracksOf(columns);
  const template = { "--tracks": tracks, "--least": least } as CSSProperties;
  return (
    <div
      ref={box}
      className={classes.box}
      role="table"
      aria-label="Records"
      aria-rowcount={hasNextPage ? -1 : rows.length + 1}
      aria-busy={stale || undefined}
      style={template}
      onKeyDown={onKeyDown}
      tabIndex={0}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {columns.map((column) => (
            <HeadCell key={column.name} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const record = rows[item.index];
          return record ? (
            <div
              key={record.id}
              role="row"
              aria-rowindex={item.index + 2}
              data-at={item.index}
              data-open={record.id === openId || undefined}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => onOpen(record)}
            >
              {columns.map((column) => (
                <div key={column.name} role="cell" className={classes.cell}>
                  {cellOf(column, record, project, onOpen)}
                </div>
              ))}
            </div>
          ) : null;
        })}
      </div>
      {isFetchingNextPage && <p className={classes.more}>Fetching more…</p>}
    </div>
  );
}

type HeadCellProps = { column: Column; sort: "id" | "-id"; onSort: (sort: "id" | "-id") => void };

function HeadCell({ column, sort, onSort }: HeadCellProps) {
  const sorts = column.name === "record";
  const Arrow = sort === "id" ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      className={classes.cell}
      aria-sort={sorts ? (sort === "id" ? "ascending" : "descending") : undefined}
    >
      {sorts ? (
        <button
          type="button"
          className={classes.sort}
          aria-label={
            sort === "id" ? "Record, oldest first; show newest first" : "Record, newest first; show oldest first"
          }
          onClick={() => onSort(sort === "id" ? "-id" : "id")}
        >
          {column.title} <Arrow size={13} aria-hidden="true" />
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}

function cellOf(column: Column, record: RecordRow, project: Project, onOpen: (record: RecordRow) => void): ReactNode {
  if (column.metadata !== undefined) return metadataText(record.metadata[column.metadata]);
  switch (column.name) {
    case "record":
      return (
        <button
          type="button"
          className={classes.opener}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(record);
          }}
        >
          {record.external_id}
        </button>
      );
    case "text":
      return excerptOf(project.schema.fields, record.fields);
    case "state":
      return <StateTag state={record.state} />;
    case "marks":
      return <Marks record={record} />;
    case "created":
      return <time dateTime={record.created_at}>{day(record.created_at)}</time>;
    default:
      return null;
  }
}

export function Marks({ record }: { record: Pick<RecordRow, "sensitive" | "holdout"> }) {
  return (
    <span className={classes.marks}>
      {record.sensitive && (
        <Tag tone="quiet">
          <ShieldAlert size={12} aria-hidden="true" /> Sensitive
        </Tag>
      )}
      {record.holdout && (
        <Tag tone="quiet">
          <Lock size={12} aria-hidden="true" /> Holdout
        </Tag>
      )}
    </span>
  );
}

function metadataText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
