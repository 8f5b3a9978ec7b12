/** The frame around every page: navigation at the left, the page beside it, the key overlay above. */
import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { useEffect } from "react";
import { useMe } from "@/features/accounts";
import { OutboxProvider } from "@/features/annotation/outbox";
import { SIGNED_OUT } from "@/lib/api";
import { Mark } from "@/ui";
import { DoneNote } from "./DoneNote";
import { KeyHelp } from "./keys/KeyHelp";
import { useKeysFromServer } from "./keys/useKeymap";
import { Navigation } from "./Navigation";
import { PaletteDoor } from "./palette/PaletteDoor";
import classes from "./Shell.module.css";

/** Screens where people work record by record: navigation shrinks to icons. */
const FOCUSED = /\/projects\/\d+\/(annotate|review)/;

export function Shell() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { projectId } = useParams({ strict: false });
  const [open, { open: show, close }] = useDisclosure(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody went somewhere, so the drawer has done its work
  useEffect(() => close(), [path, close]);
  const me = useMe();
  const focused = FOCUSED.test(path);
  useDoorWhenSignedOut();
  useKeysFromServer();
  return (
    <div className={classes.shell} data-focused={focused || undefined}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <aside className={classes.side}>
        <Navigation projectId={projectId} narrow={focused} />
      </aside>
      <nav className={classes.top} aria-label="Top">
        <ActionIcon size="lg" aria-label="Open navigation" onClick={show}>
          <MenuIcon size={18} />
        </ActionIcon>
        <Link to="/" className={classes.brand}>
          <Mark size={20} /> Goldsmith
        </Link>
      </nav>
      <Drawer opened={open} onClose={close} size={280} withCloseButton={false} padding={0} title={undefined}>
        <div className={classes.drawer}>
          <Navigation projectId={projectId} narrow={false} />
        </div>
      </Drawer>
      <main id="page" className={classes.page} tabIndex={-1}>
        <OutboxProvider key={me.person.id} personId={me.person.id}>
          <Outlet />
        </OutboxProvider>
      </main>
      <DoneNote />
      <KeyHelp />
      <PaletteDoor projectId={projectId} />
    </div>
  );
}

/** A session that ended leads to the door and back. Drafts and unsent answers are on disk and wait there. */
function useDoorWhenSignedOut(): void {
  useEffect(() => {
    const leave = () => {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`/signin?next=${encodeURIComponent(here)}`);
    };
    window.addEventListener(SIGNED_OUT, leave);
    return () => window.removeEventListener(SIGNED_OUT, leave);
  }, []);
}
