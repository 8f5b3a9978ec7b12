/** Parts of a page behind tabs; the open one stands in the address (`?tab=`), so that a link leads to it. */
import { Tabs } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { fadingEdges } from "./fadingEdges";
import classes from "./PageTabs.module.css";

export type PageTab = { name: string; title: string; content: ReactNode };

export function PageTabs({ tabs }: { tabs: readonly PageTab[] }) {
  const search: { tab?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const open = tabs.find((tab) => tab.name === search.tab) ?? tabs[0];
  const list = useRef<HTMLDivElement>(null);
  const row = useMergedRef(list, fadingEdges);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another open tab has to be in sight
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [open?.name]);
  return (
    <Tabs
      value={open?.name ?? null}
      keepMounted={false}
      onChange={(tab) => navigate({ to: ".", search: { tab: tab ?? undefined } as never, replace: true })}
    >
      <Tabs.List ref={row} className={classes.list}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.name} value={tab.name}>
            {tab.title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.name} value={tab.name} pt="lg">
          {tab.content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
