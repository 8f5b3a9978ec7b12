import { Loader } from "@mantine/core";
import classes from "./Loading.module.css";

/** Shown only when waiting gets noticeable: the first 200 ms stay calm. */
export function Loading({ what = "Loading" }: { what?: string }) {
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" color="var(--gs-gold)" />
      <span>{what}…</span>
    </div>
  );
}
