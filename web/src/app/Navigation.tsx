/** Where one can go: Home, the inbox, the parts of the open project, Admin, and what belongs to the person. */
import { Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { House, Inbox, Search, ShieldCheck } from "lucide-react";
import { useMe } from "@/features/accounts";
import { unreadQuery } from "@/features/inbox";
import { projectQuery, projectsQuery } from "@/features/projects";
import { compactCount } from "@/lib/format";
import { Key, Mark } from "@/ui";
import classes from "./Navigation.module.css";
import { PersonMenu } from "./PersonMenu";
import { openPalette } from "./palette/PaletteDoor";
import { type Place, placesFor } from "./places";

export function Navigation({ projectId, narrow }: { projectId: number | undefined; narrow: boolean }) {
  const me = useMe();
  return (
    <nav className={classes.nav} data-narrow={narrow || undefined} aria-label="Main">
      <Link to="/" className={classes.brand} aria-label="Goldsmith, home">
        <Mark />
        {!narrow && <span>Goldsmith</span>}
      </Link>
      <PaletteButton narrow={narrow} />
      <NavLink place={{ to: "/", title: "Home", icon: House, exact: true }} narrow={narrow} />
      <InboxLink narrow={narrow} />
      {projectId !== undefined && <ProjectPlaces projectId={projectId} narrow={narrow} />}
      <div className={classes.rest} />
      {me.workspace_role === "owner" && (
        <NavLink place={{ to: "/admin", title: "Admin", icon: ShieldCheck }} narrow={narrow} />
      )}
      <PersonMenu me={me} narrow={narrow} />
    </nav>
  );
}

function InboxLink({ narrow }: { narrow: boolean }) {
  const unread = useQuery(unreadQuery).data?.count;
  return <NavLink place={{ to: "/inbox", title: "Inbox", icon: Inbox }} narrow={narrow} waiting={unread} marked />;
}

function ProjectPlaces({ projectId, narrow }: { projectId: number; narrow: boolean }) {
  const project = useQuery(projectQuery(projectId)).data;
  const summary = useQuery(projectsQuery).data?.items.find((p) => p.id === projectId);
  if (!project) return null;
  const root = `/projects/${projectId}`;
  const waiting: Record<string, number | undefined> = {
    [`${root}/annotate`]: summary?.waiting.annotate,
    [`${root}/review`]: summary?.waiting.review,
  };
  return (
    <>
      {narrow ? <hr className={classes.rule} /> : <p className={classes.project}>{project.name}</p>}
      {placesFor(project.my_role, root).map((place) => (
        <NavLink key={place.to} place={place} narrow={narrow} waiting={waiting[place.to]} />
      ))}
    </>
  );
}

const TITLE = "Go or do anything";

function PaletteButton({ narrow }: { narrow: boolean }) {
  return (
    <button type="button" className={classes.find} aria-label={narrow ? TITLE : undefined} onClick={openPalette}>
      <Search size={16} strokeWidth={1.8} aria-hidden="true" />
      {!narrow && <span className={classes.title}>Find or do</span>}
      {!narrow && <Key name="mod+k" of="Everywhere" tone="quiet" />}
    </button>
  );
}

type NavLinkProps = {
  place: Place;
  narrow: boolean;
  waiting?: number | undefined;
  /** What waits is for this person: it is marked where there is no room for a number. */
  marked?: boolean;
};

function NavLink({ place, narrow, waiting, marked = false }: NavLinkProps) {
  const Icon = place.icon;
  const link = (
    <Link
      to={place.to}
      className={classes.link}
      activeOptions={{ exact: place.exact ?? false }}
      aria-label={narrow ? (marked && waiting ? `${place.title}, ${waiting} unread` : place.title) : undefined}
    >
      {narrow && marked && waiting ? <span className={classes.mark} /> : null}
      <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
      {!narrow && <span className={classes.title}>{place.title}</span>}
      {!narrow && waiting ? (
        <span className={classes.waiting}>{marked && waiting >= 100 ? "99+" : compactCount(waiting)}</span>
      ) : null}
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip label={place.title} position="right">
      {link}
    </Tooltip>
  );
}
