/** One release: what it holds and leaves out, how good it is, and every way to take it along. */
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { jobQuery } from "@/features/records/api/jobs";
import { JobCard } from "@/features/records/JobCard";
import { ago, bytes, count, plural } from "@/lib/format";
import { Card, Loading, Page, ProblemNote, Section } from "@/ui";
import { Coded } from "@/ui/Coded";
import { CopyButton, CopyIcon } from "@/ui/CopyButton";
import { type Release, releaseQuery } from "./api/release";
import { Downloads } from "./Downloads";
import { ManifestView } from "./ManifestView";
import { annotatorsIn, bytesIn, versionIn } from "./manifest";
import { ReleaseState } from "./ReleaseState";
import classes from "./releases.module.css";
import { snippetOf } from "./snippet";
import { DeletedSince, Withdraw, Withdrawn } from "./Withdrawal";

export function ReleasePage() {
  const project = useProject(useProjectId());
  const releaseId = Number(useParams({ strict: false }).releaseId);
  const release = useQuery(releaseQuery(project.id, releaseId));
  if (release.isPending) return <Loading what="Fetching the release" />;
  if (release.isError)
    return (
      <Page title="Release">
        <ProblemNote error={release.error} onRetry={release.refetch} />
      </Page>
    );
  return <OneRelease project={project} release={release.data} />;
}

function OneRelease({ project, release }: { project: Project; release: Release }) {
  return (
    <Page
      title={`${release.number}. ${release.name}`}
      lead={
        <>
          <ReleaseState release={release} /> made by {release.created_by.name}, {ago(release.created_at)}
        </>
      }
      actions={
        <Group gap="xs">
          <Withdraw project={project} release={release} />
          <Button component={Link} to={`/projects/${project.id}/releases`} variant="default">
            All releases
          </Button>
        </Group>
      }
    >
      {release.notes && <p className={classes.notes}>{release.notes}</p>}
      {release.state !== "ready" && <Building project={project} release={release} />}
      {release.state === "ready" && (
        <>
          <Withdrawn project={project} release={release} />
          {!release.withdrawn && <DeletedSince project={project} release={release} />}
          <Facts release={release} />
          {!release.withdrawn && (
            <>
              <Section title="Download">
                <Downloads projectId={project.id} release={release} />
              </Section>
              <Section title="From code">
                <Snippet project={project} release={release} />
              </Section>
            </>
          )}
          <ManifestView project={project} release={release} />
        </>
      )}
    </Page>
  );
}

function Building({ project, release }: { project: Project; release: Release }) {
  const job = useQuery({ ...jobQuery(project.id, release.job_id ?? 0), enabled: release.job_id !== null });
  return (
    <>
      {release.error && (
        <p className={classes.error}>
          <Coded text={release.error} />
        </p>
      )}
      {job.data && <JobCard projectId={project.id} job={job.data} />}
      <p className={classes.hint}>
        The release holds what was accepted when it was asked for. It goes on being built when you leave this page.
      </p>
    </>
  );
}

function Facts({ release }: { release: Release }) {
  const { manifest, content_hash, n_rows, n_excluded, licence } = release;
  const size = bytesIn(manifest);
  const people = annotatorsIn(manifest);
  const facts: ReadonlyArray<[string, string]> = [
    ["Rows", `${count(n_rows ?? 0)}${size === null ? "" : `, ${bytes(size)}`}`],
    ["Left out", plural(n_excluded ?? 0, "record")],
    ["Licence", licence],
    ["Schema", `version ${versionIn(manifest, "schema") ?? "–"}`],
    ["Guideline", `version ${versionIn(manifest, "guideline") ?? "–"}`],
    ["Annotators", people === null ? "–" : `${people}, under pseudonyms`],
  ];
  return (
    <Card>
      <dl className={classes.facts}>
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {content_hash && (
        <p className={classes.hashLine}>
          <span className={classes.hint}>SHA-256 of the content</span>
          <code className={classes.hash}>{content_hash}</code>
          <CopyIcon text={content_hash} label="Copy the hash" />
        </p>
      )}
    </Card>
  );
}

function Snippet({ project, release }: { project: Project; release: Release }) {
  const filename = release.formats.find((one) => one.format === "jsonl")?.filename ?? "release.jsonl";
  const text = snippetOf(window.location.origin, project.slug, release.id, filename);
  return (
    <div className={classes.snippet}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} />
    </div>
  );
}
