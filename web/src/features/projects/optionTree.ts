/** Options that may form a tree: in reading order, each below the one it belongs to, with the way that leads there. */

export type TreeOption = {
  value: string;
  title?: string | null | undefined;
  help?: string | null | undefined;
  key?: string | null | undefined;
  parent?: string | null | undefined;
};

export type Branch<Option extends TreeOption> = {
  readonly option: Option;
  readonly title: string;
  /** Titles from the top down to the option above this one. */
  readonly path: readonly string[];
  readonly depth: number;
  readonly choosable: boolean;
};

/** Parents before children, siblings in the schema's order. An option whose parent is unknown stands at the top. */
export function branchesOf<Option extends TreeOption>(
  options: readonly Option[],
  leavesOnly: boolean,
): readonly Branch<Option>[] {
  const known = new Set(options.map((option) => option.value));
  const children = new Map<string, Option[]>();
  for (const option of options) {
    const above = option.parent && known.has(option.parent) ? option.parent : "";
    children.set(above, [...(children.get(above) ?? []), option]);
  }
  const walk = (above: string, path: readonly string[], seen: ReadonlySet<string>): Branch<Option>[] =>
    (children.get(above) ?? []).flatMap((option) => {
      if (seen.has(option.value)) return [];
      const title = option.title ?? option.value;
      const choosable = !leavesOnly || !children.has(option.value);
      const below = walk(option.value, [...path, title], new Set([...seen, option.value]));
      return [{ option, title, path, depth: path.length, choosable }, ...below];
    });
  return walk("", [], new Set());
}

export function isTree(options: readonly TreeOption[]): boolean {
  return options.some((option) => option.parent);
}

/** Those whose title or way holds every word of `search`; the best first: titles that begin with it, that hold it, ways that hold it. */
export function found<Option extends TreeOption>(
  branches: readonly Branch<Option>[],
  search: string,
): readonly Branch<Option>[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return branches;
  const wanted = words.join(" ");
  const ranked = branches.flatMap((branch) => {
    const title = plain(branch.title);
    const whole = plain([...branch.path, branch.title, branch.option.value.replaceAll("_", " ")].join(" "));
    if (!branch.choosable || !words.every((word) => whole.includes(word))) return [];
    const rank = [title.startsWith(wanted), title.includes(wanted), whole.includes(wanted), true].indexOf(true);
    return [{ branch, rank }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ branch }) => branch);
}

function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}
