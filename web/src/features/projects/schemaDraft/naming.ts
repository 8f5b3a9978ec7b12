/** Names for the data, made from titles for people. */

/** "What is wrong with it?" → "what_is_wrong_with_it"; always a name the server takes, or empty. */
export function nameFrom(title: string): string {
  const plain = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[_0-9]+|_+$/g, "");
  return name.slice(0, 60).replaceAll(/_+$/g, "");
}

/** `wish`, or `wish_2` and so on where others have it. */
export function free(wish: string, taken: ReadonlySet<string>): string {
  if (!wish || !taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}_${n}`)) return `${wish}_${n}`;
}
