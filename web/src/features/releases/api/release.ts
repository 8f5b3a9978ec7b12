/** One release whole; asked for again while it is being built. */
import { queryOptions } from "@tanstack/react-query";
import { api, type Shape, send } from "@/lib/api";

export type Release = Shape<"Release">;
export type FormatOffer = Release["formats"][number];
export type Part = "data" | "provenance" | "comments" | "skipped" | "card" | "croissant" | "manifest";

export const releaseQuery = (projectId: number, releaseId: number) =>
  queryOptions({
    queryKey: ["release", projectId, releaseId],
    queryFn: () => {
      const path = { project_id: projectId, release_id: releaseId };
      return send(api.GET("/api/v1/projects/{project_id}/releases/{release_id}", { params: { path } }));
    },
    refetchInterval: (query) => (query.state.data?.state === "building" ? 1000 : false),
  });

/** An address the browser can follow: the file streams straight to the disk. */
export function downloadAddress(
  projectId: number,
  releaseId: number,
  format: string,
  part: Part = "data",
  choices: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ format, part, ...choices });
  return `/api/v1/projects/${projectId}/releases/${releaseId}/download?${query}`;
}
