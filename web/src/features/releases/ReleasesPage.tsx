/** Frozen exports: what was released, and the way to a new one. */
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { PackagePlus } from "lucide-react";
import { useState } from "react";
import { TakeAway } from "@/features/exchange/TakeAway";
import { can, type Project, useProject } from "@/features/projects";
import { useProjectId } from "@/features/projects/useProjectId";
import { ago, count } from "@/lib/format";
import { EmptyState, Loading, Page, ProblemNote } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import { type ReleaseSummary, releasesQuery } from "./api/releases";
import { NewReleaseForm } from "./NewReleaseForm";
import { ReleaseState } from "./ReleaseState";
import classes from "./releases.module.css";

export function ReleasesPage() {
  const project = useProject(useProjectId());
  const releases = useQuery(releasesQuery(project.id));
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const mayMake = can(project.my_role, "manage") && !project.archived_at;
  const make = mayMake && (
    <Button
      leftSection={<PackagePlus size={16} />}
      disabled={project.counts.resolved === 0}
      onClick={() => setMaking(true)}
    >
      New release
    </Button>
  );
  return (
    <Page
      title="Releases"
      lead="Frozen, content-hashed exports of the accepted answers, with their story. A release never changes."
      actions={releases.data && releases.data.items.length > 0 && make}
    >
      {releases.isPending && <Loading what="Fetching releases" />}
      {releases.isError && <ProblemNote error={releases.error} onRetry={releases.refetch} />}
      {releases.data &&
        (releases.data.items.length === 0 ? (
          <EmptyState icon={<PackagePlus size={22} />} title="No release yet" action={make}>
            <p>
              {project.counts.resolved === 0
                ? "A release freezes accepted answers. None is accepted yet: annotate, and let an expert review what is disputed."
                : `${count(project.counts.resolved)} records have an accepted answer and can be released.`}
            </p>
          </EmptyState>
        ) : (
          <ReleaseTable projectId={project.id} releases={releases.data.items} />
        ))}
      {can(project.my_role, "manage") && !project.archived_at && <TakeAway projectId={project.id} />}
      <Modal opened={making} onClose={() => setMaking(false)} title="New release" size="lg">
        <NewReleaseForm
          project={project}
          onMade={(id) =>
            void navigate({
              to: "/projects/$projectId/releases/$releaseId",
              params: { projectId: project.id, releaseId: String(id) },
            })
          }
        />
      </Modal>
    </Page>
  );
}

function ReleaseTable({ projectId, releases }: { projectId: Project["id"]; releases: readonly ReleaseSummary[] }) {
  return (
    <TableFrame label="Releases">
      <thead>
        <tr>
          <th scope="col" data-number>
            No.
          </th>
          <th scope="col">Name</th>
          <th scope="col">State</th>
          <th scope="col" data-number>
            Rows
          </th>
          <th scope="col">Licence</th>
          <th scope="col">Made</th>
          <th scope="col">Content</th>
        </tr>
      </thead>
      <tbody>
        {releases.map((release) => (
          <tr key={release.id}>
            <td data-number>{release.number}</td>
            <th scope="row">
              <Link
                to="/projects/$projectId/releases/$releaseId"
                params={{ projectId, releaseId: String(release.id) }}
                className={classes.link}
              >
                {release.name}
              </Link>
            </th>
            <td>
              <ReleaseState release={release} />
            </td>
            <td data-number>{release.n_rows === null ? "–" : count(release.n_rows)}</td>
            <td data-quiet>{release.licence}</td>
            <td data-quiet>
              {release.created_by.name}, {ago(release.created_at)}
            </td>
            <td>
              <code className={classes.hash}>{release.content_hash?.slice(0, 12) ?? ""}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
