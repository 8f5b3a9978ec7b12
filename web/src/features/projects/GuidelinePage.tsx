/** The guideline: to read, to look back in, and, for those who lead the project, to rewrite. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { PencilLine, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useKeys } from "@/lib/keys";
import { Card, EmptyState, Key, Loading, Markdown, Page, ProblemNote } from "@/ui";
import { guidelineQuery, useSaveGuideline } from "./api/guidelines";
import { GuidelineReader, showSection } from "./GuidelineReader";
import { CitedBy } from "./guideline/CitedBy";
import { GuidelineEditor } from "./guideline/GuidelineEditor";
import classes from "./guideline/guideline.module.css";
import { VersionDiff } from "./guideline/VersionDiff";
import { Versions, type View } from "./guideline/Versions";
import { readable } from "./guidelineSections";
import { can } from "./permissions";
import { type Project, useProject } from "./queries";
import { useProjectId } from "./useProjectId";

export function GuidelinePage() {
  const project = useProject(useProjectId());
  const [editing, setEditing] = useState(false);
  const mayWrite = can(project.my_role, "manage") && !project.archived_at;
  useKeys([{ keys: "e", title: "Edit the guideline", disabled: !mayWrite || editing, run: () => setEditing(true) }]);
  if (editing) return <GuidelineEditor project={project} onDone={() => setEditing(false)} />;
  return <Reading project={project} onEdit={mayWrite ? () => setEditing(true) : undefined} />;
}

function Reading({ project, onEdit }: { project: Project; onEdit: (() => void) | undefined }) {
  const present = project.guideline.version;
  const [view, setView] = useState<View>({ version: present });
  const shown = view.version > present ? { version: present } : view;
  const edit = onEdit && (
    <Button
      leftSection={<PencilLine size={16} />}
      rightSection={<Key name="e" of="This page" tone="quiet" />}
      onClick={onEdit}
    >
      Edit
    </Button>
  );
  if (!project.guideline.body.trim() && present === 1)
    return (
      <Page title="Guideline" lead="What annotators read beside every record.">
        <EmptyState icon={<PencilLine size={22} />} title="No guideline yet" action={edit}>
          <p>Write how to decide, with examples and the edge cases people ask about. Headings become places to cite.</p>
        </EmptyState>
      </Page>
    );
  return (
    <Page title="Guideline" lead="What annotators read beside every record." actions={edit}>
      <div className={classes.columns}>
        <Card>
          <Shown project={project} view={shown} />
        </Card>
        <Versions project={project} view={shown} onView={setView} />
      </div>
    </Page>
  );
}

function Shown({ project, view: { version, against } }: { project: Project; view: View }) {
  const guideline = useQuery({
    ...guidelineQuery(project.id, version),
    ...(version === project.guideline.version ? { initialData: project.guideline } : {}),
  });
  if (guideline.isPending) return <Loading what={`Fetching version ${version}`} />;
  if (guideline.isError) return <ProblemNote error={guideline.error} onRetry={guideline.refetch} />;
  if (against !== undefined) return <VersionDiff project={project} before={against} after={guideline.data} />;
  if (version === project.guideline.version) return <Present project={project} body={guideline.data.body} />;
  return (
    <>
      {can(project.my_role, "manage") && <UseAgain project={project} version={version} body={guideline.data.body} />}
      <Markdown text={readable(guideline.data.body)} />
    </>
  );
}

/** The guideline in use; an address with an anchor leads to its passage. */
function Present({ project, body }: { project: Project; body: string }) {
  const { hash } = useLocation();
  const mayBrowse = can(project.my_role, "browse");
  useEffect(() => {
    if (hash) showSection(decodeURIComponent(hash));
  }, [hash]);
  return (
    <GuidelineReader
      body={body}
      picked={hash || null}
      {...(mayBrowse
        ? {
            about: (section) => (
              <CitedBy projectId={project.id} section={section} mayReview={can(project.my_role, "review")} />
            ),
          }
        : {})}
    />
  );
}

type UseAgainProps = { project: Project; version: number; body: string };

/** Undo: the text of an earlier version, as a new one. */
function UseAgain({ project, version, body }: UseAgainProps) {
  const save = useSaveGuideline(project.id);
  const draft = { body, note: `Back to version ${version}`, based_on: project.guideline.version };
  return (
    <div className={classes.inserts}>
      {save.isError && <ProblemNote error={save.error} />}
      <Button
        variant="default"
        size="xs"
        leftSection={<Undo2 size={14} />}
        loading={save.isPending}
        onClick={() => save.mutate(draft)}
      >
        Use this version again
      </Button>
    </div>
  );
}
