/** Why a case is one, in words. */
import type { Tone } from "@/ui/Tag";

export const WHY: Record<string, { title: string; help: string; tone: Tone }> = {
  disagreement: { title: "Disagreement", help: "Annotators do not agree.", tone: "bad" },
  sensitive: { title: "Sensitive", help: "An expert always decides about sensitive records.", tone: "gold" },
  flagged: { title: "Flagged", help: "An annotator asked for an expert.", tone: "gold" },
  sampled: { title: "Sample", help: "Nobody disputes it; drawn to see how good the answers are.", tone: "quiet" },
  schema: {
    title: "Questions changed",
    help: "It was decided, but the decision does not fit the questions in use.",
    tone: "gold",
  },
  relabelled: {
    title: "Re-labelled",
    help: "Nobody disputed it; its answer was changed together with those of other records.",
    tone: "quiet",
  },
  returned: { title: "Corrected", help: "It was sent back, and has been answered again.", tone: "good" },
};
