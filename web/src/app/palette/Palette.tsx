import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Search } from "lucide-react";
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Key } from "@/ui";
import classes from "./Palette.module.css";
import { type Entry, RECORDS, useEntries } from "./useEntries";

const PAUSE_MS = 120;

export function Palette({ projectId, onClose }: { projectId: number | undefined; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [settled] = useDebouncedValue(typed, PAUSE_MS);
  const { entries, late } = useEntries(projectId, typed, settled);
  const [wanted, setWanted] = useState(false);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place in the list has to be in sight
  useEffect(() => {
    list.current?.querySelector("[data-at]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    // It gives the focus back: a deed may take it elsewhere.
    onClose();
    entry.run();
  };
  useEffect(() => {
    if (!wanted || late) return;
    setWanted(false);
    queueMicrotask(() => run(entries[at])); // after this drawing, which closes the palette
  });
  /** Enter for a record that is not here yet waits for it: what stands in its place answers an older search. */
  const choose = () => {
    const entry = entries[at];
    if (late && (!entry || entry.group === RECORDS)) setWanted(true);
    else run(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") choose();
    else if (event.key === "ArrowDown") setAt(Math.min(at + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened onClose={onClose} size={560} yOffset="12dvh" padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Go or do anything">
        <TextInput
          ref={focusAtOnce}
          data-autofocus
          variant="unstyled"
          size="md"
          className={classes.search}
          placeholder="Go or do anything"
          aria-label="What to do or where to go"
          leftSection={<Search size={16} aria-hidden="true" />}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={entries[at] ? `${id}-${at}` : undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
            setWanted(false);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={id} ref={list} className={classes.list} role="listbox" aria-label="What fits">
          {entries.map((entry, place) => (
            <Fragment key={entry.id}>
              {(typed === "" || entry.group === RECORDS) && entry.group !== entries[place - 1]?.group && (
                <p className={classes.group} role="presentation">
                  {entry.group}
                </p>
              )}
              <Line id={`${id}-${place}`} entry={entry} here={place === at} onRun={() => run(entry)} />
            </Fragment>
          ))}
        </div>
        {entries.length === 0 && <p className={classes.none}>Nothing is called like that.</p>}
      </Modal.Content>
    </Modal.Root>
  );
}

/** The dialog would do it a moment later, and the first letters would be lost. */
function focusAtOnce(box: HTMLInputElement | null): void {
  box?.focus({ preventScroll: true });
}

function Line({ id, entry, here, onRun }: { id: string; entry: Entry; here: boolean; onRun: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys work in the search above, which owns this list
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      id={id}
      role="option"
      aria-selected={here}
      data-at={here || undefined}
      className={classes.line}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <span className={classes.title}>{entry.title}</span>
      <span className={classes.also}>{entry.also}</span>
      {entry.keyName && <Key name={entry.keyName} tone="quiet" />}
    </div>
  );
}
