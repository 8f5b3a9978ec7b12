/** What the draft would do if it were saved. */
import { useQuery } from "@tanstack/react-query";
import { type Impact, previewQuery, type SchemaDraft } from "../api/schema";
import type { Project } from "../queries";
import { ImpactModal } from "./ImpactModal";
import { differences } from "./words";

type SavePreviewProps = {
  project: Project;
  draft: SchemaDraft;
  busy: boolean;
  error: unknown;
  onGo: () => void;
  onClose: () => void;
};

export function SavePreview({ project, draft, ...rest }: SavePreviewProps) {
  const preview = useQuery(previewQuery(project.id, draft));
  const sentencesOf = ({ changes }: Impact) => {
    const said = changes.map((one) => one.change);
    return differences(project.schema, draft, said);
  };
  return (
    <ImpactModal
      projectId={project.id}
      title="What this change does"
      deed={`Save as version ${project.schema.version + 1}`}
      preview={preview}
      sentencesOf={sentencesOf}
      {...rest}
    />
  );
}
