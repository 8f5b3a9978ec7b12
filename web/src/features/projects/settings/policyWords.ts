/** A policy, told as what happens to a record. */
import { percent, plural } from "@/lib/format";
import type { Policy } from "../api/project";

export function policyInWords(policy: Policy): string {
  return [askedFirst(policy), onDisagreement(policy), tolerance(policy), expertSample(policy)]
    .filter(Boolean)
    .join(" ");
}

function askedFirst({ overlap, reserved_only }: Policy): string {
  if (reserved_only) return "Each record is answered by the people for whom it is reserved, and by nobody else.";
  return overlap === 1
    ? "Each record is answered by one person, and that answer is accepted."
    : `Each record is answered by ${overlap} people who do not see each other's answers.`;
}

function onDisagreement(policy: Policy): string {
  const { overlap, max_annotators, reserved_only } = policy;
  const agreed = `${agreement(policy)} counts as agreed`;
  const expert = "an expert decides";
  if (reserved_only) return `An answer that ${agreed}; otherwise ${expert}.`;
  if (overlap === 1 && max_annotators === 1) return "";
  if (overlap === 1) return "Sensitive and flagged records go to an expert.";
  if (max_annotators === overlap) return `An answer that ${agreed}; otherwise ${expert}.`;
  return `An answer that ${agreed}; otherwise more people are asked, up to ${max_annotators}, and then ${expert}.`;
}

function agreement({ consensus }: Policy): string {
  if (consensus.rule === "unanimous") return "all of them give";
  if (consensus.rule === "majority") return "more than half of them give";
  return `at least ${percent(consensus.share)} of them give`;
}

function tolerance({ span_tolerance: n }: Policy): string {
  return n > 0 ? `Passages under one label whose ends lie at most ${plural(n, "character")} apart are the same.` : "";
}

function expertSample({ expert_sample_share: share }: Policy): string {
  return share > 0
    ? `${percent(share, share < 0.1 ? 1 : 0)} of the agreed records are shown to an expert as well.`
    : "";
}
