/** `?`: every key that works right now, grouped. It reads what the mounted components answer to. */
import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { type Binding, keysOf, refreshVisibleBindings, useKeys, useVisibleBindings } from "@/lib/keys";
import { Key } from "@/ui";
import classes from "./KeyHelp.module.css";

const OPEN = "goldsmith:key-help";

export function openKeyHelp(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useKeys([{ keys: "?", title: "Show the keys", group: "Everywhere", run: openKeyHelp }]);
  useEffect(() => {
    const show = () => {
      refreshVisibleBindings();
      setOpen(true);
    };
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keys" size="lg">
      {open && <KeyTable />}
    </Modal>
  );
}

function KeyTable() {
  const groups = Object.entries(groupOf(useVisibleBindings()));
  return (
    <div className={classes.groups} tabIndex={-1} data-autofocus>
      {groups.map(([group, bindings]) => (
        <section key={group} aria-label={group}>
          <h3 className={classes.group}>{group}</h3>
          <dl className={classes.list}>
            {bindings.map((binding) => (
              <div key={keysOf(binding).join() + binding.title} className={classes.line}>
                <dt>{binding.title}</dt>
                <dd>
                  <Keys binding={binding} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Keys({ binding }: { binding: Binding }) {
  const keys = keysOf(binding);
  return (
    <>
      <span className={classes.choices}>
        {keys.map((name) => (
          <Key key={name} name={name} />
        ))}
      </span>
      <span className="unseen">{keys.join(" or ")}</span>
    </>
  );
}

function groupOf(bindings: readonly Binding[]): Record<string, Binding[]> {
  const groups: Record<string, Binding[]> = {};
  for (const binding of bindings.toReversed()) {
    const group = binding.group ?? "This page";
    groups[group] ??= [];
    groups[group].unshift(binding);
  }
  return groups;
}
