/**
 * A plain table on a sheet. Where the screen is narrow each row becomes a block, its cells below each other with the
 * words of their column; a table whose columns are to be compared scrolls sideways inside itself instead.
 */
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { fadingEdges } from "./fadingEdges";
import classes from "./TableFrame.module.css";

type TableFrameProps = {
  label: string;
  children: ReactNode;
  /** Without a sheet of its own, for tables that already stand on one. */
  bare?: boolean;
  /** No higher than half a screen: the rest scrolls under its head. */
  capped?: boolean;
  /** Stays a table on a narrow screen, for what is read across and down. */
  sideways?: boolean;
};

/** Children are `<thead>` and `<tbody>`; cells of numbers carry `data-number`, rows that open something `data-opens`. */
export function TableFrame({ label, children, bare = false, capped = false, sideways = false }: TableFrameProps) {
  const table = useRef<HTMLTableElement>(null);
  useHeadsOnCells(table);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of nothing but one table, so that it can scroll
    <div
      ref={fadingEdges}
      className={classes.frame}
      data-bare={bare || undefined}
      data-capped={capped || undefined}
      data-sideways={sideways || undefined}
      role="group"
      aria-label={label}
      tabIndex={0}
    >
      <table ref={table} className={classes.table} aria-label={label}>
        {children}
      </table>
    </div>
  );
}

/** The head of the column of buttons: without words to see, for what they do stands on them. */
export function DeedsHead() {
  return (
    <th scope="col">
      <span className="unseen">Deeds</span>
    </th>
  );
}

/** Each cell knows the words at the head of its column, which stand beside it where the head has no room. */
function useHeadsOnCells(table: RefObject<HTMLTableElement | null>): void {
  useEffect(() => {
    const body = table.current;
    if (!body) return;
    writeHeads(body);
    const watch = new MutationObserver(() => writeHeads(body));
    watch.observe(body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [table]);
}

function writeHeads(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const words = heads.map((head) => (head.querySelector(".unseen") ? "" : (head.textContent ?? "")));
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows]))
    for (const cell of row.cells) if (cell.colSpan === 1) cell.dataset.head = words[cell.cellIndex] ?? "";
}
