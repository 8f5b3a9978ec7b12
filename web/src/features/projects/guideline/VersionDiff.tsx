import { useQuery } from "@tanstack/react-query";
import { Loading, ProblemNote } from "@/ui";
import { type Guideline, guidelineQuery } from "../api/guidelines";
import type { Project } from "../queries";
import { DiffView } from "./DiffView";

type VersionDiffProps = { project: Project; before: number; after: Guideline };

export function VersionDiff({ project, before, after }: VersionDiffProps) {
  const earlier = useQuery(guidelineQuery(project.id, before));
  if (earlier.isPending) return <Loading what={`Fetching version ${before}`} />;
  if (earlier.isError) return <ProblemNote error={earlier.error} onRetry={earlier.refetch} />;
  return (
    <DiffView
      title={`From version ${before} to version ${after.version}`}
      before={earlier.data.body}
      after={after.body}
    />
  );
}
