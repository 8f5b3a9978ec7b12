/** The parts of a project one can go to, and whom they are open to. Navigation and palette show the same ones. */
import {
  BookOpen,
  ClipboardCheck,
  Gauge,
  LayoutDashboard,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Package,
  PencilLine,
  Rows3,
  Settings2,
} from "lucide-react";
import { type Can, can } from "@/features/projects";

export type Place = { to: string; title: string; icon: LucideIcon; needs?: Can; exact?: boolean };

const PLACES: readonly Place[] = [
  { to: "", title: "Overview", icon: LayoutDashboard, exact: true },
  { to: "/annotate", title: "Annotate", icon: PencilLine, needs: "annotate" },
  { to: "/review", title: "Review", icon: ClipboardCheck, needs: "review" },
  { to: "/records", title: "Records", icon: Rows3, needs: "browse" },
  { to: "/queue", title: "Queue", icon: ListOrdered, needs: "manage" },
  { to: "/quality", title: "Quality", icon: Gauge, needs: "browse" },
  { to: "/guideline", title: "Guideline", icon: BookOpen },
  { to: "/releases", title: "Releases", icon: Package, needs: "browse" },
  { to: "/jobs", title: "Jobs", icon: ListChecks, needs: "browse" },
  { to: "/settings", title: "Settings", icon: Settings2, needs: "manage" },
];

/** What is open to this role, with addresses below `root`, such as `/projects/7`. */
export function placesFor(role: string | null | undefined, root: string): Place[] {
  const open = PLACES.filter((place) => !place.needs || can(role, place.needs));
  return open.map((place) => ({ ...place, to: root + place.to }));
}
