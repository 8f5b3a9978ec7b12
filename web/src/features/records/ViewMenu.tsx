/** Filters with a name: choose one, save the present one, share it, let it go. */
import { ActionIcon, Button, Checkbox, Popover, TextInput, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Bookmark, Check, Trash2, Users } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { can, type Project } from "@/features/projects";
import { useKeys } from "@/lib/keys";
import { ProblemNote } from "@/ui";
import { type SavedView, useViewDeeds, viewsQuery } from "./api/views";
import { filterFrom, isFiltered, type RecordFilter, sameFilter } from "./recordFilter";
import classes from "./ViewMenu.module.css";

type ViewMenuProps = { project: Project; filter: RecordFilter; onChoose: (filter: RecordFilter) => void };

export function ViewMenu({ project, filter, onChoose }: ViewMenuProps) {
  const [open, setOpen] = useState(false);
  const views = useQuery(viewsQuery(project.id)).data ?? [];
  const deeds = useViewDeeds(project.id);
  const present = views.find((view) => sameFilter(view.filter, filter));
  const manages = can(project.my_role, "manage");
  useKeys([{ keys: "v", title: "Saved views", run: () => setOpen(true) }]);
  const choose = (view: SavedView) => {
    onChoose(filterFrom(view.filter));
    setOpen(false);
  };
  const trouble = deeds.save.error ?? deeds.remove.error ?? deeds.share.error;
  return (
    <Popover position="bottom-end" shadow="md" width={320} trapFocus returnFocus opened={open} onChange={setOpen}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<Bookmark size={16} />}
          aria-keyshortcuts="v"
          onClick={() => setOpen(!open)}
        >
          {present?.name ?? "Views"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        {views.length === 0 && (
          <p className={classes.none}>
            Search or filter, then give what you see a name. It comes back with one click, and can be shared.
          </p>
        )}
        <ul className={classes.list}>
          {views.map((view) => (
            <li key={view.id} className={classes.line}>
              <button type="button" className={classes.choose} onClick={() => choose(view)}>
                <span className={classes.mark}>{view === present && <Check size={14} aria-label="Shown now" />}</span>
                <span className={classes.name}>{view.name}</span>
                {!view.mine && <span className={classes.by}>{view.by.name}</span>}
              </button>
              {(view.mine || manages) && (
                <>
                  <Deed
                    title={view.shared ? "Shared; make it yours alone" : "Share with everybody here"}
                    of={view}
                    on={view.shared}
                    icon={<Users size={15} />}
                    onDo={() => deeds.share.mutate(view)}
                  />
                  <Deed title="Delete" of={view} icon={<Trash2 size={15} />} onDo={() => deeds.remove.mutate(view)} />
                </>
              )}
            </li>
          ))}
        </ul>
        {isFiltered(filter) && !present && <SaveForm filter={filter} save={deeds.save} />}
        {trouble && <ProblemNote error={trouble} />}
      </Popover.Dropdown>
    </Popover>
  );
}

type DeedProps = { title: string; of: SavedView; icon: React.ReactNode; on?: boolean; onDo: () => void };

function Deed({ title, of, icon, on, onDo }: DeedProps) {
  return (
    <Tooltip label={title}>
      <ActionIcon size="md" aria-label={`${title}: ${of.name}`} data-on={on || undefined} onClick={onDo}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function SaveForm({ filter, save }: { filter: RecordFilter; save: ReturnType<typeof useViewDeeds>["save"] }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <form
      className={classes.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) save.mutate({ name, shared, filter }, { onSuccess: () => setName("") });
      }}
    >
      <TextInput
        ref={box}
        label="Save what is shown as"
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes.foot}>
        <Checkbox
          size="xs"
          label="Everybody here sees it"
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit" size="xs" disabled={!name.trim()} loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
