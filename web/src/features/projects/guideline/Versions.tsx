/** Every version, newest first: who wrote it, why, and what it changed. */
import { useQuery } from "@tanstack/react-query";
import { ago } from "@/lib/format";
import { Loading, ProblemNote } from "@/ui";
import { guidelinesQuery } from "../api/guidelines";
import { can } from "../permissions";
import type { Project } from "../queries";
import { Readers } from "../whatChanged/Readers";
import classes from "./guideline.module.css";

/** What is looked at: the present version, an earlier one, or what changed between two. */
export type View = { version: number; against?: number };

type VersionsProps = { project: Project; view: View; onView: (view: View) => void };

export function Versions({ project, view, onView }: VersionsProps) {
  const versions = useQuery(guidelinesQuery(project.id));
  if (versions.isPending) return <Loading what="Fetching versions" />;
  if (versions.isError) return <ProblemNote error={versions.error} onRetry={versions.refetch} />;
  return (
    <nav className={classes.versions} aria-label="Versions">
      <h2 className={classes.versionsTitle}>Versions</h2>
      <ol>
        {versions.data.map(({ version, note, created_at, created_by }) => {
          const open = view.version === version;
          return (
            <li key={version} className={classes.version} data-open={open || undefined}>
              <button
                type="button"
                className={classes.versionButton}
                aria-current={open && view.against === undefined ? "true" : undefined}
                onClick={() => onView({ version })}
              >
                <span className={classes.versionName}>
                  Version {version} {version === project.guideline.version && <span>in use</span>}
                </span>
                {note && <span className={classes.versionNote}>{note}</span>}
                <span className={classes.versionBy}>
                  {created_by.name}, {ago(created_at)}
                </span>
              </button>
              {version > 1 && (
                <button
                  type="button"
                  className={classes.compare}
                  aria-current={open && view.against !== undefined ? "true" : undefined}
                  onClick={() => onView({ version, against: version - 1 })}
                >
                  What changed<span className="unseen"> in version {version}</span>
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {can(project.my_role, "browse") && <Readers project={project} subject="guideline" />}
    </nav>
  );
}
