/** `?`: every key that works right now, grouped, each of which can be changed. It reads what the mounted components answer to. */
import { Button, Modal } from "@mantine/core";
import { useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { type Binding, deedOf, refreshVisibleBindings, THIS_PAGE, useKeys, useVisibleBindings } from "@/lib/keys";
import { ProblemNote } from "@/ui";
import classes from "./KeyHelp.module.css";
import { KeyLine } from "./KeyLine";
import { useKeymap } from "./useKeymap";

const OPEN = "goldsmith:key-help";

export function openKeyHelp(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useKeys([{ keys: "?", title: "Show the keys", group: "Everywhere", run: openKeyHelp }]);
  useLayoutEffect(() => {
    const show = () => {
      refreshVisibleBindings();
      flushSync(() => setOpen(true));
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

/** One line at a time waits for a press. */
function KeyTable() {
  const bindings = useVisibleBindings();
  const { keymap, choose, trouble } = useKeymap();
  const [changing, setChanging] = useState<string>();
  const changed = Object.keys(keymap).length > 0;
  return (
    <>
      {trouble && <ProblemNote error={trouble} />}
      <div className={classes.groups} tabIndex={-1} data-autofocus>
        {Object.entries(groupOf(bindings)).map(([group, of]) => (
          <section key={group} aria-label={group}>
            <h3 className={classes.group}>{group}</h3>
            <ul className={classes.list}>
              {of.map((binding) => (
                <KeyLine
                  key={deedOf(binding) + binding.title}
                  binding={binding}
                  atHand={bindings}
                  keymap={keymap}
                  changing={changing === deedOf(binding)}
                  onChanging={(on) => setChanging(on ? deedOf(binding) : undefined)}
                  onChoose={choose}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={classes.foot}>
        Press a key's cap to choose another. Your keys follow you to every computer.{" "}
        {changed && (
          <Button variant="subtle" size="compact-xs" onClick={() => choose({})}>
            All keys as they come
          </Button>
        )}
      </p>
    </>
  );
}

function groupOf(bindings: readonly Binding[]): Record<string, Binding[]> {
  const groups: Record<string, Binding[]> = {};
  for (const binding of bindings.toReversed()) {
    const group = binding.group ?? THIS_PAGE;
    groups[group] ??= [];
    groups[group].unshift(binding);
  }
  return groups;
}
