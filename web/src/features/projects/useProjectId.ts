import { useParams } from "@tanstack/react-router";

/** The project whose address this is. */
export function useProjectId(): number {
  const { projectId } = useParams({ strict: false });
  if (projectId === undefined) throw new Error("This part of the page belongs to a project.");
  return projectId;
}
