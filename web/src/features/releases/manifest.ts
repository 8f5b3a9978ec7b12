/** What a release's manifest says, for the page that shows it. Read leniently: manifests outlive this screen. */

export type Manifest = Readonly<Record<string, unknown>>;
export type Count = { name: string; n: number };

export function countsIn(manifest: Manifest | null, name: string): readonly Count[] {
  const found = manifest?.[name];
  if (!isObject(found)) return [];
  const counts = Object.entries(found).filter((one): one is [string, number] => typeof one[1] === "number");
  return counts.map(([key, n]) => ({ name: key, n })).sort((a, b) => b.n - a.n);
}

export type Agreed = {
  question: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n_items: number;
};

export function agreementIn(manifest: Manifest | null): readonly Agreed[] {
  const found = manifest?.agreement;
  if (!isObject(found)) return [];
  return Object.entries(found).flatMap(([question, measured]) => {
    const alpha = isObject(measured) ? measured.alpha : undefined;
    if (!isObject(alpha)) return [];
    const { value, low, high, n_items } = alpha;
    return [{ question, value: number(value), low: number(low), high: number(high), n_items: number(n_items) ?? 0 }];
  });
}

export function bytesIn(manifest: Manifest | null): number | null {
  const content = manifest?.content;
  return isObject(content) ? number(content.bytes) : null;
}

export function versionIn(manifest: Manifest | null, name: "schema" | "guideline"): number | null {
  const found = manifest?.[name];
  return isObject(found) ? number(found.version) : null;
}

export function annotatorsIn(manifest: Manifest | null): number | null {
  const found = manifest?.annotators;
  return isObject(found) ? number(found.count) : null;
}

/** From which similarity to a holdout record on a record was left out; null where that was not looked at. */
export function leastSimilarityIn(manifest: Manifest | null): number | null {
  const near = manifest?.near_duplicates;
  return isObject(near) ? number(near.at_least) : null;
}

/** How many records were left out because they say what a holdout record says, or nearly. */
export function sealedIn(manifest: Manifest | null): number {
  const sealing = ["copy_of_holdout", "near_duplicate_of_holdout"];
  return countsIn(manifest, "excluded").reduce((sum, one) => sum + (sealing.includes(one.name) ? one.n : 0), 0);
}

export type Named = { name: string; type: string; title: string | null };

/** The schema the release was frozen under: enough of it to name its parts. */
export function schemaIn(manifest: Manifest | null): { fields: readonly Named[]; questions: readonly Named[] } {
  const schema = isObject(manifest?.schema) ? manifest.schema : {};
  return { fields: namedIn(schema.fields), questions: namedIn(schema.questions) };
}

function namedIn(list: unknown): Named[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isObject)
    .flatMap(({ name, type, title }) =>
      typeof name === "string" && typeof type === "string"
        ? [{ name, type, title: typeof title === "string" ? title : null }]
        : [],
    );
}

/** Why records are not in a release, in words. */
export function excludedInWords(name: string): string {
  const words: Record<string, string> = {
    holdout: "held out",
    copy_of_holdout: "that say exactly what a holdout record says",
    near_duplicate_of_holdout: "that nearly repeat a holdout record",
    changed_during_build: "answered anew while the release was built",
    unresolved: "without an accepted answer",
    method: "accepted in another way than asked for",
    facet: "not of the metadata asked for",
    filter: "not asked for",
  };
  return words[name] ?? name.replaceAll("_", " ");
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
