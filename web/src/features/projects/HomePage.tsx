/** Home: what waits for me first, then every project. */
import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, FolderPlus } from "lucide-react";
import { useMe } from "@/features/accounts";
import { compactCount, count, percent } from "@/lib/format";
import { EmptyState, Page } from "@/ui";
import classes from "./HomePage.module.css";
import { can } from "./permissions";
import { type ProjectSummary, projectsQuery } from "./queries";

export function HomePage() {
  const me = useMe();
  const projects = useSuspenseQuery(projectsQuery).data.items;
  const mayCreate = me.workspace_role !== "member";
  const create = mayCreate ? (
    <Button component={Link} to="/projects/new" leftSection={<FolderPlus size={16} />}>
      New project
    </Button>
  ) : null;
  return (
    <Page
      title={`Hello, ${firstName(me.person.name)}`}
      lead={summaryOf(projects)}
      actions={projects.length > 0 && create}
    >
      {projects.length === 0 ? (
        <EmptyState icon={<FolderPlus size={22} />} title="No project yet" action={create}>
          {mayCreate ? (
            <p>A project is one judging task: the questions you ask, a guideline, and the records people look at.</p>
          ) : (
            <p>Someone who leads a project has to invite you to it. It then appears here.</p>
          )}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {projects.map((project) => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ProjectRow({ project }: { project: ProjectSummary }) {
  const { counts, waiting } = project;
  const share = counts.records ? counts.resolved / counts.records : 0;
  const params = { projectId: project.id };
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link to="/projects/$projectId" params={params} className={classes.name}>
          {project.name}
        </Link>
        {project.description && <p className={classes.description}>{project.description}</p>}
      </div>
      <div className={classes.progress}>
        <div className={classes.bar} aria-hidden="true">
          <span style={{ width: percent(share, 1) }} />
        </div>
        <span className={classes.numbers}>
          {count(counts.resolved)} of {count(counts.records)} resolved
        </span>
      </div>
      <div className={classes.deeds}>
        {waiting.review > 0 && can(project.my_role, "review") && (
          <Button component={Link} to={`/projects/${project.id}/review`} variant="default">
            Review {compactCount(waiting.review)}
          </Button>
        )}
        {waiting.annotate > 0 && can(project.my_role, "annotate") ? (
          <Button
            component={Link}
            to={`/projects/${project.id}/annotate`}
            variant="light"
            rightSection={<ArrowRight size={15} />}
          >
            Annotate {compactCount(waiting.annotate)}
          </Button>
        ) : (
          <span className={classes.quiet}>Nothing to annotate</span>
        )}
      </div>
    </li>
  );
}

function firstName(name: string): string {
  return name.split(" ")[0] || name;
}

function summaryOf(projects: readonly ProjectSummary[]): string | undefined {
  if (projects.length === 0) return undefined;
  const annotate = projects.reduce((n, p) => n + p.waiting.annotate, 0);
  const review = projects.reduce((n, p) => n + p.waiting.review, 0);
  const parts = [
    annotate > 0 && `${count(annotate)} to annotate`,
    review > 0 && `${count(review)} waiting for an expert`,
  ].filter(Boolean);
  return parts.length ? `${parts.join(", ")}.` : "Nothing waits for you.";
}
