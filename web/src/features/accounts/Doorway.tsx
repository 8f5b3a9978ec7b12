/** The frame of the pages in front of the door: signing in and accepting an invitation. */
import type { ReactNode } from "react";
import { Mark } from "@/ui";
import classes from "./Doorway.module.css";

export function Doorway({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <main className={classes.ground}>
      <div className={classes.door}>
        <div className={classes.brand}>
          <Mark size={28} />
          <span>Goldsmith</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        <div className={classes.body}>{children}</div>
      </div>
    </main>
  );
}
