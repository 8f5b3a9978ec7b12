/** Around a record: from where the project shows the images that it names. `of` is the record, or the task that holds it. */
import { type ReactNode, useMemo } from "react";
import type { Project } from "@/features/projects";
import { type ImageSource, ImagesContext } from "@/ui";
import { isShown } from "./imageHosts";

type ProjectImagesProps = { project: Project; of: `records/${number}` | `tasks/${number}`; children: ReactNode };

export function ProjectImages({ project: { id, policy }, of, children }: ProjectImagesProps) {
  const source = useMemo<ImageSource>(
    () => ({
      addressOf: (url) =>
        policy.images === "proxied" && isShown(url, policy.image_hosts)
          ? `/api/v1/projects/${id}/${of}/image?url=${encodeURIComponent(url)}`
          : undefined,
    }),
    [id, of, policy],
  );
  return <ImagesContext value={source}>{children}</ImagesContext>;
}
