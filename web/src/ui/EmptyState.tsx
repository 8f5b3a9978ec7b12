/** Nothing here yet: says why that is, and what brings something here. */
import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It stands for the whole page, so its title is the page's. */
  whole?: boolean;
};

export function EmptyState({ icon, title, children, action, whole = false }: EmptyStateProps) {
  const Title = whole ? "h1" : "h2";
  return (
    <div className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.words}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
