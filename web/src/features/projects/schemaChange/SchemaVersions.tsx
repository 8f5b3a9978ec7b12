/** Every version of the questions: who made it, what it changed, what it asks; and the way back to it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { ago } from "@/lib/format";
import { Card, Loading, ProblemNote, Section } from "@/ui";
import guideline from "../guideline/guideline.module.css";
import { type Project, type Schema, schemasQuery } from "../queries";
import { Readers } from "../whatChanged/Readers";
import { QuestionList } from "./QuestionList";
import { RestorePreview } from "./RestorePreview";
import classes from "./schemaChange.module.css";
import { changesOf } from "./takenBack";

export function SchemaVersions({ project }: { project: Project }) {
  const versions = useQuery(schemasQuery(project.id));
  const present = project.schema.version;
  const [chosen, setChosen] = useState<number>();
  const [restoring, setRestoring] = useState(false);
  if (versions.isPending) return <Loading what="Fetching versions" />;
  if (versions.isError) return <ProblemNote error={versions.error} onRetry={versions.refetch} />;
  const shown = versions.data.find((one) => one.version === (chosen ?? present)) ?? versions.data[0];
  if (!shown) return null;
  return (
    <div className={guideline.columns}>
      <Card>
        <Version
          schema={shown}
          changes={changesOf(versions.data, shown.version)}
          onRestore={shown.version === present ? undefined : () => setRestoring(true)}
        />
      </Card>
      <VersionList
        project={project}
        versions={versions.data}
        present={present}
        shown={shown.version}
        onShow={setChosen}
      />
      {restoring && (
        <RestorePreview
          project={project}
          versions={versions.data}
          version={shown.version}
          onClose={() => {
            setRestoring(false);
            setChosen(undefined);
          }}
        />
      )}
    </div>
  );
}

type VersionProps = { schema: Schema; changes: readonly string[]; onRestore: (() => void) | undefined };

function Version({ schema, changes, onRestore }: VersionProps) {
  const { version, parent, note } = schema;
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>Version {version}</h2>
        {onRestore && (
          <Button variant="default" size="xs" leftSection={<Undo2 size={14} />} onClick={onRestore}>
            Ask these questions again
          </Button>
        )}
      </div>
      {note && <p className={classes.note}>{note}</p>}
      {parent != null && (
        <Section title={`What it changed, against version ${parent}`}>
          {changes.length === 0 ? (
            <p className={classes.quiet}>Nothing: it asks the questions of version {parent} again.</p>
          ) : (
            <ul className={classes.plain}>
              {changes.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          )}
        </Section>
      )}
      <Section title="What it asks">
        <QuestionList questions={schema.questions} />
      </Section>
    </>
  );
}

type VersionListProps = {
  project: Project;
  versions: readonly Schema[];
  present: number;
  shown: number;
  onShow: (version: number) => void;
};

function VersionList({ project, versions, present, shown, onShow }: VersionListProps) {
  return (
    <nav className={guideline.versions} aria-label="Versions">
      <h2 className={guideline.versionsTitle}>Versions</h2>
      <ol>
        {versions.map(({ version, note, created_at, created_by }) => (
          <li key={version} className={guideline.version} data-open={version === shown || undefined}>
            <button
              type="button"
              className={guideline.versionButton}
              aria-current={version === shown ? "true" : undefined}
              onClick={() => onShow(version)}
            >
              <span className={guideline.versionName}>
                Version {version} {version === present && <span>in use</span>}
              </span>
              {note && <span className={guideline.versionNote}>{note}</span>}
              <span className={guideline.versionBy}>
                {created_by?.name}, {ago(created_at)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <Readers project={project} subject="schema" />
    </nav>
  );
}
