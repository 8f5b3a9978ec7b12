/** Two texts and what changed between them; signs tell added from removed where colours do not. */
import { useMemo } from "react";
import { plural } from "@/lib/format";
import classes from "./DiffView.module.css";
import { changes, diffLines, folded, type Line } from "./diff";

const SIGNS = { same: "", added: "+", removed: "−" };

export function DiffView({ title, before, after }: { title: string; before: string; after: string }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const { added, removed } = changes(lines);
  return (
    <section aria-label={title}>
      <p className={classes.summary}>
        {title}:{" "}
        {added + removed === 0
          ? "nothing changed"
          : `${plural(added, "line")} added, ${plural(removed, "line")} removed`}
      </p>
      <div className={classes.lines}>
        {folded(lines).map((line, at) =>
          line ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a difference is rendered whole or not at all
            <LineView key={at} line={line} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <div key={at} className={classes.gap} aria-hidden="true">
              ⋯
            </div>
          ),
        )}
      </div>
    </section>
  );
}

function LineView({ line }: { line: Line }) {
  const Mark = line.kind === "added" ? "ins" : "del";
  return (
    <div className={classes.line} data-kind={line.kind}>
      <span className={classes.sign} aria-hidden="true">
        {SIGNS[line.kind]}
      </span>
      <span className={classes.text}>
        {line.kind !== "same" && <span className="unseen">{line.kind}: </span>}
        {line.parts.map((part, at) =>
          part.kind === "same" || line.parts.length === 1 ? (
            part.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Mark key={at}>{part.text}</Mark>
          ),
        )}
      </span>
    </div>
  );
}
