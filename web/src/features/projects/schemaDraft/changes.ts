/** What the draft does to the names that answers hold: its parts remember where they come from. */
import type { Shape } from "@/lib/api";
import type { Question } from "../queries";
import { type Draft, type DraftOption, type DraftQuestion, type Option, optionsIn } from "./draft";

export type Change = Shape<"SchemaVersion">["changes"][number];

export function changesOf(draft: Draft, before: readonly Question[]): Change[] {
  return before.flatMap((question): Change[] => {
    const now = draft.questions.find((one) => one.was === question.name);
    if (!now) return [{ op: "remove_question", question: question.name }];
    const isSame = now.name === question.name;
    const renamed: Change[] = isSame ? [] : [{ op: "rename_question", question: question.name, to: now.name }];
    return [...renamed, ...labelChanges(question, now)];
  });
}

/** Options of the version in use that the draft has no place for. */
export function removedOptions(question: DraftQuestion, before: Question | undefined): readonly Option[] {
  if (!before) return [];
  return optionsIn(before).filter(({ value }) => placeOf(value, question.options) === undefined);
}

function labelChanges(before: Question, now: DraftQuestion): Change[] {
  const question = before.name;
  return optionsIn(before).flatMap(({ value }): Change[] => {
    const place = placeOf(value, now.options);
    if (!place) return [{ op: "remove_label", question, label: value }];
    if ("parts" in place) return [{ op: "split_label", question, label: value, into: place.parts }];
    const { was, value: to } = place.one;
    if (was.length > 1) return value === was[0] ? [{ op: "merge_labels", question, labels: [...was], into: to }] : [];
    return to === value ? [] : [{ op: "rename_label", question, label: value, to }];
  });
}

type Place = { one: DraftOption } | { parts: string[] };

function placeOf(value: string, options: readonly DraftOption[]): Place | undefined {
  const one = options.find((option) => option.was.includes(value));
  if (one) return { one };
  const parts = options.filter((option) => option.partOf === value).map((option) => option.value);
  return parts.length > 1 ? { parts } : undefined;
}
