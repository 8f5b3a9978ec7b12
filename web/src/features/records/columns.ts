/** The columns of the records table: which there are, and which somebody chose to see. */
import { useQuery } from "@tanstack/react-query";
import { useKept } from "@/lib/useKept";
import { facetsQuery } from "./api/facets";

export type Column = { name: string; title: string; px: number; grows?: true; metadata?: string };

const FIXED: readonly Column[] = [
  { name: "record", title: "Record", px: 140 },
  { name: "text", title: "Text", px: 240, grows: true },
  { name: "state", title: "State", px: 172 },
  { name: "marks", title: "Marks", px: 150 },
  { name: "created", title: "Added", px: 110 },
];
const GAP_PX = 16;
const PADDING_PX = 20;
const ALWAYS = new Set(["record", "text"]);
const SHOWN_METADATA = 2;

export type Columns = { shown: readonly Column[]; choices: readonly Column[]; toggle: (name: string) => void };

export function useColumns(projectId: number): Columns {
  const facets = useQuery(facetsQuery(projectId)).data ?? [];
  const keys = facets.filter((facet) => facet.kind === "metadata").map((facet) => facet.key);
  const metadata = keys.map((key) => ({ name: `metadata:${key}`, title: titleOf(key), px: 120, metadata: key }));
  const first = ["state", "marks", ...metadata.slice(0, SHOWN_METADATA).map((column) => column.name)].join("\n");
  const [kept, keep] = useKept<string>(`columns:${projectId}`, "default");
  const chosen = new Set((kept === "default" ? first : kept).split("\n"));
  const all = [...FIXED.slice(0, 3), ...metadata, ...FIXED.slice(3)];
  const toggle = (name: string) => {
    if (!chosen.delete(name)) chosen.add(name);
    keep([...chosen].join("\n"));
  };
  return {
    shown: all.filter((column) => ALWAYS.has(column.name) || chosen.has(column.name)),
    choices: all.filter((column) => !ALWAYS.has(column.name)),
    toggle,
  };
}

/** "product_line" → "Product line". */
export function titleOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The tracks of a row's grid, and the width below which the table scrolls sideways. */
export function tracksOf(columns: readonly Column[]): { tracks: string; least: string } {
  const gaps = (columns.length - 1) * GAP_PX + 2 * PADDING_PX;
  return {
    tracks: columns.map(({ px, grows }) => (grows ? `minmax(${px}px, 1fr)` : `${px}px`)).join(" "),
    least: `${columns.reduce((sum, { px }) => sum + px, gaps)}px`,
  };
}
