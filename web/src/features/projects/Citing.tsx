/** Words that may cite passages of the guideline: each is a link that bears the passage's title. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { citingParts } from "./citing";
import { sectionsOf } from "./guidelineSections";
import type { Project } from "./queries";

export function Citing({ project, text }: { project: Project; text: string }) {
  const parts = useMemo(() => citingParts(text, sectionsOf(project.guideline.body)), [text, project.guideline.body]);
  return parts.map(({ text: words, section }, at) =>
    section ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered whole or not at all
      <PassageLink key={at} projectId={project.id} anchor={section.anchor} title={section.title} />
    ) : (
      words
    ),
  );
}

export function PassageLink({ projectId, anchor, title }: { projectId: number; anchor: string; title: string }) {
  return (
    <Link
      to="/projects/$projectId/guideline"
      params={{ projectId }}
      hash={anchor}
      style={{ color: "var(--gs-gold-ink)" }}
    >
      {title}
    </Link>
  );
}

/** "Cites …": the passage by its present title or, where it is gone, by the one it had. */
export function Cites({ project, anchor, title }: { project: Project; anchor: string; title?: string | null }) {
  const present = sectionsOf(project.guideline.body).find((section) => section.anchor === anchor);
  if (!present) return <>Cites “{title ?? anchor}”, which is no longer in the guideline.</>;
  return (
    <>
      Cites <PassageLink projectId={project.id} anchor={anchor} title={present.title || anchor} />
    </>
  );
}
