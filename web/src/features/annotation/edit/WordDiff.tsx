/** Two texts in one, word by word: what went is struck, what came is underlined. */
import { diffWordsWithSpace } from "diff";
import { useMemo } from "react";
import classes from "./WordDiff.module.css";

/** Beyond this many changes the texts have little in common, and a full comparison would keep people waiting. */
const MOST_CHANGES = 2_000;

export function WordDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => wordsChanged(before, after), [before, after]);
  return (
    <p className={classes.diff}>
      {parts.map((part, at) => {
        const Mark = part.added ? "ins" : part.removed ? "del" : "span";
        // biome-ignore lint/suspicious/noArrayIndexKey: a difference is drawn whole
        return <Mark key={at}>{part.value}</Mark>;
      })}
    </p>
  );
}

type Part = { value: string; added?: boolean; removed?: boolean };

export function wordsChanged(before: string, after: string): readonly Part[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_CHANGES });
  return (
    parts ?? [
      { value: before, removed: true },
      { value: after, added: true },
    ]
  );
}
