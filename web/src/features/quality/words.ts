/** What an estimate of agreement means, in words. Thresholds are Krippendorff's: 0.8 reliable, 0.667 tentative. */
import { count, decimal, percent } from "@/lib/format";
import type { Estimate } from "./api/agreement";

export const RELIABLE = 0.8;
export const TENTATIVE = 0.667;
/** Where the scale of coefficients begins; below chance is rare, and then more exact places do not matter. */
export const SCALE = { from: -0.2, to: 1, marks: [0, TENTATIVE, RELIABLE, 1] } as const;

export type Verdict = { title: string; text: string; tone: "good" | "gold" | "bad" | "quiet" };

export function verdictOf(alpha: Estimate): Verdict {
  const { value, low, n_items } = alpha;
  if (value === null) return undefinedBecause(n_items);
  if (low !== null && low >= RELIABLE)
    return { title: "Reliable", tone: "good", text: "Even the low end of the interval lies above 0.8." };
  if (value >= RELIABLE)
    return {
      title: "Probably reliable",
      tone: "good",
      text: "Above 0.8, but the interval reaches below. More records make it certain.",
    };
  if (value >= TENTATIVE)
    return {
      title: "Tentative",
      tone: "gold",
      text: "Between 0.667 and 0.8: good enough for tentative conclusions. Look for labels and people that part.",
    };
  if (low !== null && low <= 0)
    return {
      title: "No better than chance",
      tone: "bad",
      text: "The interval reaches down to chance. The question, or its guideline, does not work yet.",
    };
  return {
    title: "Weak",
    tone: "bad",
    text: "Below 0.667. See which labels and which people part, sharpen the guideline there, and watch the next records.",
  };
}

function undefinedBecause(n_items: number): Verdict {
  const text =
    n_items === 0
      ? "No record has answers of two people yet, so nobody can agree or disagree. Raise “People per record” under Settings."
      : "Everybody gave the same answer everywhere. Without any variety, agreement cannot be told from chance.";
  return { title: "Not defined", tone: "quiet", text };
}

/** "0.68 (0.62 to 0.74)", or a dash. */
export function coefficient({ value, low, high }: Pick<Estimate, "value" | "low" | "high">): string {
  if (value === null) return "–";
  if (low === null || high === null) return decimal(value);
  return `${decimal(value)} (${decimal(low)} to ${decimal(high)})`;
}

export function shareOf({ value, low, high }: Pick<Estimate, "value" | "low" | "high">): string {
  if (value === null) return "–";
  return low === null || high === null ? percent(value) : `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

export function restsOn({ n_items, n_annotators, n_ratings }: Estimate): string {
  return `${count(n_items)} records, ${count(n_annotators)} people, ${count(n_ratings)} answers`;
}

export const LEVELS: Record<string, string> = {
  nominal: "Two answers agree or they do not.",
  ordinal: "Ratings that are close count as half agreement.",
  interval: "Ratings that are close count as half agreement.",
  masi: "Sets that share labels count as half agreement.",
  jaccard: "Answers count as alike as the share of their parts (passages, pairs of an order) that both have.",
};
