/** Where one can go: Home, the parts of the open project, Admin, and what belongs to the person. */
import { Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  BookOpen,
  ClipboardCheck,
  Gauge,
  House,
  LayoutDashboard,
  type LucideIcon,
  Package,
  PencilLine,
  Rows3,
  Settings2,
  ShieldCheck,
} from "lucide-react";
import { useMe } from "@/features/accounts";
import { type Can, can, projectQuery, projectsQuery } from "@/features/projects";
import { compactCount } from "@/lib/format";
import { Mark } from "@/ui";
import classes from "./Navigation.module.css";
import { PersonMenu } from "./PersonMenu";

type Place = { to: string; title: string; icon: LucideIcon; needs?: Can; exact?: boolean };

const PLACES: readonly Place[] = [
  { to: "", title: "Overview", icon: LayoutDashboard, exact: true },
  { to: "/annotate", title: "Annotate", icon: PencilLine, needs: "annotate" },
  { to: "/review", title: "Review", icon: ClipboardCheck, needs: "review" },
  { to: "/records", title: "Records", icon: Rows3, needs: "browse" },
  { to: "/quality", title: "Quality", icon: Gauge, needs: "browse" },
  { to: "/guideline", title: "Guideline", icon: BookOpen },
  { to: "/releases", title: "Releases", icon: Package, needs: "browse" },
  { to: "/settings", title: "Settings", icon: Settings2, needs: "manage" },
];

export function Navigation({ projectId, narrow }: { projectId: number | undefined; narrow: boolean }) {
  const me = useMe();
  return (
    <nav className={classes.nav} data-narrow={narrow || undefined} aria-label="Main">
      <Link to="/" className={classes.brand} aria-label="Goldsmith, home">
        <Mark />
        {!narrow && <span>Goldsmith</span>}
      </Link>
      <NavLink place={{ to: "/", title: "Home", icon: House, exact: true }} narrow={narrow} />
      {projectId !== undefined && <ProjectPlaces projectId={projectId} narrow={narrow} />}
      <div className={classes.rest} />
      {me.workspace_role === "owner" && (
        <NavLink place={{ to: "/admin", title: "Admin", icon: ShieldCheck }} narrow={narrow} />
      )}
      <PersonMenu me={me} narrow={narrow} />
    </nav>
  );
}

function ProjectPlaces({ projectId, narrow }: { projectId: number; narrow: boolean }) {
  const project = useQuery(projectQuery(projectId)).data;
  const summary = useQuery(projectsQuery).data?.items.find((p) => p.id === projectId);
  if (!project) return null;
  const waiting: Record<string, number | undefined> = {
    "/annotate": summary?.waiting.annotate,
    "/review": summary?.waiting.review,
  };
  const open = PLACES.filter((place) => !place.needs || can(project.my_role, place.needs));
  return (
    <>
      {narrow ? <hr className={classes.rule} /> : <p className={classes.project}>{project.name}</p>}
      {open.map((place) => (
        <NavLink
          key={place.to}
          place={{ ...place, to: `/projects/${projectId}${place.to}` }}
          narrow={narrow}
          waiting={waiting[place.to]}
        />
      ))}
    </>
  );
}

function NavLink({ place, narrow, waiting }: { place: Place; narrow: boolean; waiting?: number | undefined }) {
  const Icon = place.icon;
  const link = (
    <Link
      to={place.to}
      className={classes.link}
      activeOptions={{ exact: place.exact ?? false }}
      aria-label={narrow ? place.title : undefined}
    >
      <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
      {!narrow && <span className={classes.title}>{place.title}</span>}
      {!narrow && waiting ? <span className={classes.waiting}>{compactCount(waiting)}</span> : null}
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip label={place.title} position="right">
      {link}
    </Tooltip>
  );
}
