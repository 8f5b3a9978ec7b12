/** Many options, or a tree of them: type to narrow them, arrows to walk, Enter to choose. */
import { TextInput } from "@mantine/core";
import { Check, Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { type Branch, found, type TreeOption } from "@/features/projects/optionTree";
import { plural } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { leave } from "./leave";
import classes from "./OptionFinder.module.css";

/** As many options as there are keys for; from one more on, people type names. */
export const REACH_OF_KEYS = 26;
const MOST_SHOWN = 200;

type OptionFinderProps = {
  branches: readonly Branch<TreeOption>[];
  isChosen: (value: string) => boolean;
  onChoose: (value: string) => void;
  brief: boolean;
  /** Ready to be typed into from the start. */
  ready?: boolean;
  /** Several can be chosen, so the search stays open. */
  several?: boolean;
};

export function OptionFinder({
  branches,
  isChosen,
  onChoose,
  brief,
  ready = false,
  several = false,
}: OptionFinderProps) {
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const hits = found(branches, search);
  const shown = hits.slice(0, MOST_SHOWN);
  const chosen = branches.filter((branch) => isChosen(branch.option.value));
  const isOpen = search !== "" || at > 0;

  useKeys([{ keys: "/", title: "Search the options", group: "Answers", run: () => box.current?.focus() }]);
  useLayoutEffect(() => {
    const hasKeyboard = window.matchMedia("(hover: hover)").matches;
    if (ready && hasKeyboard) box.current?.focus({ preventScroll: true });
  }, [ready]);
  useEffect(() => {
    if (isOpen) list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at, isOpen]);

  const choose = (branch: Branch<TreeOption> | undefined) => {
    if (!branch?.choosable) return;
    setSearch("");
    setAt(0);
    if (!several) leave(box.current);
    onChoose(branch.option.value);
  };
  const walk = (by: 1 | -1) => {
    for (let to = at + by; to >= 0 && to < shown.length; to += by) if (shown[to]?.choosable) return setAt(to);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" || (event.key === "Enter" && !isOpen)) leave(event.currentTarget);
    else if (event.key === "Enter") choose(shown[at]?.choosable ? shown[at] : shown.find((one) => one.choosable));
    else if (event.key === "ArrowDown") walk(1);
    else if (event.key === "ArrowUp") walk(-1);
    else return;
    if (event.key !== "Enter" || isOpen) event.preventDefault();
  };

  return (
    <>
      {chosen.length > 0 && (
        <p className={classes.chosen}>
          {chosen.map((branch) => (
            <span key={branch.option.value}>
              <Check size={14} strokeWidth={2.6} aria-hidden="true" />
              {branch.path.map((title) => `${title} › `).join("")}
              <b>{branch.title}</b>
            </span>
          ))}
        </p>
      )}
      <TextInput
        ref={box}
        data-answer-box
        className={classes.search}
        aria-label="Search the options"
        placeholder={`Search ${plural(branches.length, "option")}; Enter takes the first`}
        leftSection={<Search size={15} />}
        rightSection={<Key name="/" tone="quiet" />}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={isOpen && shown[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} className={classes.list} role="listbox" aria-label="Options" aria-multiselectable={several}>
        <div ref={list} className={classes.columns} role="presentation">
          {shown.map((branch, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys work in the search above, which owns this list
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={branch.option.value}
              id={`${id}-${place}`}
              role="option"
              className={classes.option}
              aria-selected={isChosen(branch.option.value)}
              aria-disabled={!branch.choosable || undefined}
              data-at={(isOpen && place === at) || undefined}
              style={{ paddingLeft: 12 + (search ? 0 : branch.depth) * 20 }}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(branch)}
            >
              {search && branch.path.length > 0 && (
                <span className={classes.path}>{branch.path.map((title) => `${title} › `).join("")}</span>
              )}
              <span>{branch.title}</span>
              {!brief && branch.option.help && <span className={classes.help}>{branch.option.help}</span>}
              {isChosen(branch.option.value) && <Check size={14} strokeWidth={2.6} aria-hidden="true" />}
            </div>
          ))}
        </div>
      </div>
      {shown.length === 0 && <p className={classes.none}>No option is called like that.</p>}
      {hits.length > shown.length && <p className={classes.none}>{hits.length - shown.length} more; type on.</p>}
    </>
  );
}
