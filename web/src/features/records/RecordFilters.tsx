/** Search, states, open comments, answers and metadata: each a press away, each shown while it is on. */
import { Button, Checkbox, CloseButton, Popover, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { compactCount } from "@/lib/format";
import { useKeys } from "@/lib/keys";
import { Key } from "@/ui";
import { fadingEdges } from "@/ui/fadingEdges";
import { AnswerFilter } from "./AnswerFilter";
import { type Facet, facetsQuery } from "./api/facets";
import { titleOf } from "./columns";
import classes from "./RecordFilters.module.css";
import { pairOf, type RecordFilter, toggledIn } from "./recordFilter";
import { STATES } from "./states";

type RecordFiltersProps = {
  projectId: number;
  filter: RecordFilter;
  onChange: (filter: RecordFilter) => void;
};

export function RecordFilters({ projectId, filter, onChange }: RecordFiltersProps) {
  const facets = useQuery(facetsQuery(projectId)).data ?? [];
  const states = facets.find((facet) => facet.kind === "state")?.values ?? [];
  const countOf = (state: string) => states.find((one) => one.value === state)?.count ?? 0;
  const metadata = facets.filter((facet) => facet.kind === "metadata");
  return (
    <search ref={fadingEdges} className={classes.filters}>
      <SearchBox value={filter.q} onChange={(q) => onChange({ ...filter, q })} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in this row */}
      <div className={classes.group} role="group" aria-label="State">
        {STATES.map(({ state, title }) => (
          <button
            key={state}
            type="button"
            className={classes.chip}
            aria-pressed={filter.state.includes(state)}
            onClick={() => onChange({ ...filter, state: toggledIn(filter.state, state) })}
          >
            {title} <span className={classes.n}>{compactCount(countOf(state))}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={filter.open_comments}
        onClick={() => onChange({ ...filter, open_comments: !filter.open_comments })}
      >
        Open comments
      </button>
      <AnswerFilter projectId={projectId} filter={filter} onChange={onChange} />
      {metadata.map((facet) => (
        <FacetFilter
          key={facet.key}
          facet={facet}
          chosen={filter.facet}
          onToggle={(pair) => onChange({ ...filter, facet: toggledIn(filter.facet, pair) })}
        />
      ))}
    </search>
  );
}

const PAUSE_MS = 250;

/** Sends what is typed after a short pause, and follows the address when that changes by itself. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  /** Sent and not yet in the address. When one gets there late, what was typed since stays. */
  const onTheWay = useRef(new Set<string>());
  const input = useRef<HTMLInputElement>(null);
  const change = useRef(onChange);
  change.current = onChange;
  useKeys([{ keys: "/", title: "Search records", run: () => input.current?.focus() }]);
  useEffect(() => {
    const isOvertaken = onTheWay.current.delete(value) && value !== sent.current;
    if (isOvertaken) return;
    onTheWay.current.clear();
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onTheWay.current.add(sent.current);
      change.current(text.trim());
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput
      ref={input}
      className={classes.search}
      aria-label="Search records"
      placeholder="Search the text"
      leftSection={<Search size={15} />}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => setText("")} />
        ) : (
          <Key name="/" of="This page" tone="quiet" />
        )
      }
      value={text}
      onChange={(e) => setText(e.currentTarget.value)}
      onKeyDown={(e) => e.key === "Escape" && (text ? setText("") : e.currentTarget.blur())}
    />
  );
}

type FacetFilterProps = { facet: Facet; chosen: readonly string[]; onToggle: (pair: string) => void };

function FacetFilter({ facet, chosen, onToggle }: FacetFilterProps) {
  const mine = chosen.map(pairOf).filter(([key]) => key === facet.key);
  const title = titleOf(facet.key);
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          data-on={mine.length > 0 || undefined}
          className={classes.facet}
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
        >
          {title}
          {mine.length > 0 && `: ${mine.length > 1 ? `${mine.length} values` : mine[0]?.[1]}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.values} aria-label={title}>
        {facet.values.map(({ value, count }) => {
          const pair = `${facet.key}:${value}`;
          return (
            <Checkbox
              key={value}
              size="xs"
              label={
                <span className={classes.value}>
                  <span>{value || "(empty)"}</span> <span className={classes.n}>{compactCount(count)}</span>
                </span>
              }
              checked={chosen.includes(pair)}
              onChange={() => onToggle(pair)}
            />
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}
