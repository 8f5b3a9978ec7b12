/** The frame of an ordinary page: title, one line of purpose, deeds at the right, content below. */
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Page.module.css";

type PageProps = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** `reading` keeps lines short; `wide` is for tables. */
  width?: "reading" | "normal" | "wide";
  children: ReactNode;
};

export function Page({ title, lead, actions, width = "normal", children }: PageProps) {
  useDocumentTitle(`${title} · Goldsmith`);
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A sheet of paper on the page's ground. */
export function Card({ children, flush = false }: { children: ReactNode; flush?: boolean }) {
  return (
    <div className={classes.card} data-flush={flush || undefined}>
      {children}
    </div>
  );
}
