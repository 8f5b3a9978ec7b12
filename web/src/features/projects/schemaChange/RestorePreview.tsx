/** What going back to an earlier version would do: which changes it takes back, and what becomes of the answers. */
import { useQuery } from "@tanstack/react-query";
import { restorePreviewQuery, useRestoreSchema } from "../api/schema";
import type { Project, Schema } from "../queries";
import { ImpactModal } from "./ImpactModal";
import { takenBack } from "./takenBack";

type RestorePreviewProps = { project: Project; versions: readonly Schema[]; version: number; onClose: () => void };

export function RestorePreview({ project, versions, version, onClose }: RestorePreviewProps) {
  const restore = useRestoreSchema(project.id);
  const preview = useQuery(restorePreviewQuery(project.id, version));
  return (
    <ImpactModal
      projectId={project.id}
      title={`Ask the questions of version ${version} again`}
      deed={`Go back to version ${version}`}
      preview={preview}
      sentencesOf={() => takenBack(versions, project.schema.version, version)}
      busy={restore.isPending}
      error={restore.error}
      onGo={() => restore.mutate(version, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
