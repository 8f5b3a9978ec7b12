/** Notices as people say them, and where each leads. Pure. */
import { can } from "@/features/projects";
import type { Notice, NoticeKind } from "./api/notices";

export const KINDS: Record<NoticeKind, string> = {
  mention: "Mentions",
  reply: "Replies",
  resolved: "Resolved",
  reopened: "Opened again",
  sent_back: "Sent back",
  fixed: "Fixed",
  flagged: "Flags",
  assigned: "Left to you",
  sign_in: "Sign-ins",
  identity: "Identity providers",
};

const DID: Record<NoticeKind, string> = {
  mention: "wrote to you",
  reply: "replied",
  resolved: "resolved a thread",
  reopened: "opened a thread again",
  sent_back: "sent your answer back",
  fixed: "changed your answer",
  flagged: "flagged a record",
  assigned: "left records to you",
  sign_in: "signed in as you",
  identity: "changed how you sign in",
};

export function whatHappened(notice: Pick<Notice, "kind" | "by">): string {
  if (notice.kind === "sign_in") return "You signed in from somewhere new";
  if (notice.kind === "identity") return "How you sign in has changed";
  return `${notice.by ?? "Somebody"} ${DID[notice.kind] ?? notice.kind.replaceAll("_", " ")}`;
}

/** What leads everybody to their own task: to do it again, or to see what became of it. */
const OWN_WORK: ReadonlySet<string> = new Set<NoticeKind>(["sent_back", "fixed"]);

/** People who browse go to the record; people who judge to their own task on it. */
export function linkOf(notice: Pick<Notice, "project_id" | "about" | "kind">, role: string | null | undefined): string {
  if (notice.kind === "sign_in" || notice.kind === "identity") return "/account";
  const { record_id, task_id, thread_id } = notice.about;
  if (notice.project_id === null) return "/inbox";
  const project = `/projects/${notice.project_id}`;
  if (notice.kind === "assigned") return `${project}/annotate`;
  if (task_id && notice.kind === "flagged") return `${project}/review?case=${task_id}`;
  if (record_id && can(role, "browse") && !OWN_WORK.has(notice.kind))
    return `${project}/records/${record_id}${thread_id ? `#thread-${thread_id}` : ""}`;
  if (task_id && notice.kind === "fixed") return `${project}/annotate?task=${task_id}&beside=feedback`;
  if (task_id) return `${project}/annotate?task=${task_id}${thread_id ? `&thread=${thread_id}` : ""}`;
  return project;
}

/** The words without the marks of Markdown, for a line that is only a line. */
export function plainly(words: string): string {
  const linked = words.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1");
  return linked.replace(/(\*{1,3}|_{2}|~~|`+)(\S(?:.*?\S)?)\1/g, "$2").replace(/(^|\s)(#{1,6}|>)\s+/g, "$1");
}
