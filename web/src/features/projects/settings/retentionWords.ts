/** What is kept for a while, and what goes, in words. */
import { count, day } from "@/lib/format";
import type { Retention, RetentionRules } from "../api/retention";

export const RULES: { rule: keyof RetentionRules; label: string; description: string }[] = [
  {
    rule: "uploads_days",
    label: "Files sent for import",
    description: "Once no job needs them any more",
  },
  { rule: "rejects_days", label: "Rows that an import refused", description: "The file to download, after its end" },
  {
    rule: "deleted_days",
    label: "Deleted records, withdrawn releases",
    description: "Until then they can be brought back, and other changes of many records taken back",
  },
  {
    rule: "people_days",
    label: "People, once the project is archived",
    description: "Members, drafts, skills, notices, names from other tools. Answers stay under a number",
  },
];

const KINDS: Record<string, readonly [string, string]> = {
  uploads: ["uploaded file", "uploaded files"],
  parcels: ["file of another tool", "files of other tools"],
  rejects: ["file of refused rows", "files of refused rows"],
  records: ["deleted record", "deleted records"],
  releases: ["withdrawn release", "withdrawn releases"],
  bulk_actions: ["change that can be taken back no more", "changes that can be taken back no more"],
  people: ["person of the finished project", "people of the finished project"],
};

/** 1 → "1 day"; null → "for good". */
export function days(n: number | null): string {
  if (n === null) return "for good";
  return n === 1 ? "1 day" : `${count(n)} days`;
}

/** "2 uploaded files, the oldest of 4 May 2026:" */
export function dueInWords(due: Retention["due"][number]): string {
  const [one, many] = KINDS[due.kind] ?? [due.kind, due.kind];
  const what = due.count === 1 ? `1 ${one}` : `${count(due.count)} ${many}`;
  return `${what}, ${due.count === 1 ? "of" : "the oldest of"} ${day(due.oldest)}:`;
}
