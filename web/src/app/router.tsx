/** Every address of the app. Each page is a chunk of its own, loaded when somebody goes there. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "@/features/accounts";
import { type Can, can, projectQuery, projectsQuery } from "@/features/projects";
import { Problem } from "@/lib/problem";
import { Loading } from "@/ui";
import { NotFound, Trouble } from "./Trouble";

type Context = { queryClient: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (search): { next?: string; trouble?: string } => ({
    ...(isLocalPath(search.next) && { next: search.next }),
    ...(typeof search.trouble === "string" && { trouble: search.trouble }),
  }),
  component: lazyRouteComponent(() => import("./doors"), "SignInDoor"),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("./doors"), "InviteDoor"),
});

/** Everything behind the door: nobody gets further without a session. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(sessionQuery);
    if (!me) throw redirect({ to: "/signin", search: location.href === "/" ? {} : { next: location.href } });
  },
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  loader: ({ context }) => context.queryClient.ensureQueryData(projectsQuery),
  component: lazyRouteComponent(() => import("@/features/projects/HomePage"), "HomePage"),
});

const newProject = createRoute({
  getParentRoute: () => inside,
  path: "/projects/new",
  component: lazyRouteComponent(() => import("@/features/projects/NewProjectPage"), "NewProjectPage"),
});

const bringProject = createRoute({
  getParentRoute: () => inside,
  path: "/projects/bring",
  component: lazyRouteComponent(() => import("@/features/exchange/BringPage"), "BringPage"),
});

const admin = createRoute({
  getParentRoute: () => inside,
  path: "/admin",
  component: lazyRouteComponent(() => import("@/features/accounts/AdminPage"), "AdminPage"),
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  component: lazyRouteComponent(() => import("@/features/inbox/InboxPage"), "InboxPage"),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: "/account",
  validateSearch: (search): { trouble?: string } =>
    typeof search.trouble === "string" ? { trouble: search.trouble } : {},
  component: lazyRouteComponent(() => import("@/features/accounts/AccountPage"), "AccountPage"),
});

/** The parts of a project that are not open to every role in it. */
const NEEDS: Record<string, Can> = {
  annotate: "annotate",
  review: "review",
  records: "browse",
  import: "manage",
  queue: "manage",
  quality: "browse",
  releases: "browse",
  jobs: "browse",
  settings: "manage",
};

const project = createRoute({
  getParentRoute: () => inside,
  path: "/projects/$projectId",
  params: {
    parse: ({ projectId }) => ({ projectId: Number(projectId) }),
    stringify: ({ projectId }) => ({ projectId: String(projectId) }),
  },
  beforeLoad: async ({ context, params, location }) => {
    const { my_role } = await context.queryClient.ensureQueryData(projectQuery(params.projectId));
    const needed = NEEDS[location.pathname.split("/")[3] ?? ""];
    if (needed && !can(my_role, needed)) throw notOpenTo(my_role);
  },
  component: Outlet,
});

const overview = createRoute({
  getParentRoute: () => project,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/quality/OverviewPage"), "OverviewPage"),
});

const annotate = createRoute({
  getParentRoute: () => project,
  path: "/annotate",
  validateSearch: (search): { task?: number; thread?: number; beside?: "feedback" } => ({
    ...ids(search, "task"),
    ...ids(search, "thread"),
    ...(search.beside === "feedback" && { beside: search.beside }),
  }),
  component: lazyRouteComponent(() => import("@/features/annotation/AnnotatePage"), "AnnotatePage"),
});

const review = createRoute({
  getParentRoute: () => project,
  path: "/review",
  component: lazyRouteComponent(() => import("@/features/review/ReviewPage"), "ReviewPage"),
});

const queue = createRoute({
  getParentRoute: () => project,
  path: "/queue",
  component: lazyRouteComponent(() => import("@/features/assignment/QueuePage"), "QueuePage"),
});

const records = createRoute({
  getParentRoute: () => project,
  path: "/records",
  component: lazyRouteComponent(() => import("@/features/records/RecordsPage"), "RecordsPage"),
});

const importing = createRoute({
  getParentRoute: () => project,
  path: "/import",
  component: lazyRouteComponent(() => import("@/features/records/ImportPage"), "ImportPage"),
});

const record = createRoute({
  getParentRoute: () => project,
  path: "/records/$recordId",
  component: lazyRouteComponent(() => import("@/features/records/RecordPage"), "RecordPage"),
});

const quality = createRoute({
  getParentRoute: () => project,
  path: "/quality",
  component: lazyRouteComponent(() => import("@/features/quality/QualityPage"), "QualityPage"),
});

const guideline = createRoute({
  getParentRoute: () => project,
  path: "/guideline",
  component: lazyRouteComponent(() => import("@/features/projects/GuidelinePage"), "GuidelinePage"),
});

const releases = createRoute({
  getParentRoute: () => project,
  path: "/releases",
  component: lazyRouteComponent(() => import("@/features/releases/ReleasesPage"), "ReleasesPage"),
});

const release = createRoute({
  getParentRoute: () => project,
  path: "/releases/$releaseId",
  component: lazyRouteComponent(() => import("@/features/releases/ReleasePage"), "ReleasePage"),
});

const jobs = createRoute({
  getParentRoute: () => project,
  path: "/jobs",
  component: lazyRouteComponent(() => import("@/features/records/JobsPage"), "JobsPage"),
});

const settings = createRoute({
  getParentRoute: () => project,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/projects/SettingsPage"), "SettingsPage"),
});

const inProject = [
  overview,
  annotate,
  review,
  queue,
  records,
  importing,
  record,
  quality,
  guideline,
  releases,
  release,
  jobs,
  settings,
];
const routeTree = root.addChildren([
  signIn,
  invite,
  inside.addChildren([home, inbox, newProject, bringProject, admin, account, project.addChildren(inProject)]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultPendingMs: 200,
    defaultPendingMinMs: 150,
    defaultErrorComponent: Trouble,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

/** Said at the door; the server would say so later, piece by piece. */
function notOpenTo(role: string | null | undefined): Problem {
  const detail = `Your role in this project is ${role}. Somebody who leads the project can give you another.`;
  return new Problem(403, "This part is not open to you", detail);
}

function ids(search: Record<string, unknown>, name: string): Record<string, number> {
  const id = Number(search[name]);
  return Number.isSafeInteger(id) && id > 0 ? { [name]: id } : {};
}

function isLocalPath(value: unknown): value is string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value);
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
