/** How many open threads a record has, asked for once somebody stays with it; nothing while there is none. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { plural } from "@/lib/format";
import { type Spot, threadCountQuery } from "./api/threads";
import classes from "./Comments.module.css";

const STAYS_MS = 400;

export function CommentCount(spot: Spot) {
  const [stayed] = useDebouncedValue(spot.recordId, STAYS_MS);
  const found = useQuery({ ...threadCountQuery(spot), enabled: stayed === spot.recordId, retry: false }).data;
  if (!found?.open) return null;
  return (
    <span className={classes.count} role="status" aria-label={plural(found.open, "open thread")}>
      {found.open}
    </span>
  );
}
