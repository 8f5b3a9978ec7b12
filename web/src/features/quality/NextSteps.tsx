/** From nothing to a release in five steps. Shown to those who lead the project until the last one is done. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import type { Project } from "@/features/projects";
import { membersQuery } from "@/features/projects/api/members";
import { releasesQuery } from "@/features/releases/api/releases";
import classes from "./NextSteps.module.css";
import { stepsOf } from "./steps";

export function NextSteps({ project }: { project: Project }) {
  const members = useQuery(membersQuery(project.id));
  const releases = useQuery(releasesQuery(project.id));
  if (project.archived_at || members.isPending || releases.isPending) return null;
  const steps = stepsOf(project.counts, members.data?.length ?? 0, releases.data?.items.length ?? 0);
  const next = steps.find((step) => !step.done);
  if (!next || steps.at(-1)?.done) return null;
  return (
    <ol className={classes.steps} aria-label="From records to a release">
      {steps.map((step, at) => (
        <li key={step.title} data-done={step.done || undefined} data-next={step === next || undefined}>
          <span className={classes.mark} aria-hidden="true">
            {step.done ? <Check size={14} strokeWidth={2.6} /> : at + 1}
          </span>
          <div>
            <p className={classes.title}>
              {step.title}
              {step.done && <span className="unseen"> (done)</span>}
            </p>
            {step === next && (
              <>
                <p className={classes.help}>{step.help}</p>
                <Button component={Link} to={`/projects/${project.id}${step.to}`} size="xs">
                  {step.deed}
                </Button>
              </>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
