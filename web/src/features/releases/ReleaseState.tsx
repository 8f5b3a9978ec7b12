import { Tag, type Tone } from "@/ui/Tag";
import type { ReleaseSummary } from "./api/releases";

const WORDS: Record<ReleaseSummary["state"], { title: string; tone: Tone }> = {
  building: { title: "Being built", tone: "gold" },
  ready: { title: "Ready", tone: "good" },
  failed: { title: "Failed", tone: "bad" },
  cancelled: { title: "Cancelled", tone: "quiet" },
};

type ReleaseStateProps = { release: Pick<ReleaseSummary, "state" | "withdrawn"> };

export function ReleaseState({ release: { state, withdrawn } }: ReleaseStateProps) {
  if (withdrawn) return <Tag tone="bad">Withdrawn</Tag>;
  const { title, tone } = WORDS[state];
  return <Tag tone={tone}>{title}</Tag>;
}
