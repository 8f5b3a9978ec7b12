/** What a role opens on the screen. The server decides; this only hides doors that would not open. */
export type Can = "annotate" | "review" | "browse" | "manage" | "own";

const OPEN: Record<Can, readonly string[]> = {
  annotate: ["annotator", "reviewer", "manager", "owner"],
  review: ["reviewer", "manager", "owner"],
  browse: ["viewer", "reviewer", "manager", "owner"],
  manage: ["manager", "owner"],
  own: ["owner"],
};

export function can(role: string | null | undefined, deed: Can): boolean {
  return role != null && OPEN[deed].includes(role);
}
