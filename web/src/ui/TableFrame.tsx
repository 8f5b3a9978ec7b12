/** A plain table on a sheet: scrolls sideways inside itself where the screen is narrow, never the page. */
import type { ReactNode } from "react";
import classes from "./TableFrame.module.css";

type TableFrameProps = {
  label: string;
  children: ReactNode;
  /** Without a sheet of its own, for tables that already stand on one. */
  bare?: boolean;
  /** No higher than half a screen: the rest scrolls under its head. */
  capped?: boolean;
};

/** Children are `<thead>` and `<tbody>`; cells of numbers carry `data-number`, rows that open something `data-opens`. */
export function TableFrame({ label, children, bare = false, capped = false }: TableFrameProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of nothing but one table, so that it can scroll
    <div
      className={classes.frame}
      data-bare={bare || undefined}
      data-capped={capped || undefined}
      role="group"
      aria-label={label}
      tabIndex={0}
    >
      <table className={classes.table} aria-label={label}>
        {children}
      </table>
    </div>
  );
}
