/** The trail's actions and details as people say them. An action without words here is shown by its own name. */
import type { AuditEntry } from "./api/audit";

export const ACTIONS: Record<string, string> = {
  "session.start": "Signed in",
  "session.end": "Signed out",
  "session.revoke": "Ended sessions",
  "identity.link": "Connected an identity provider",
  "identity.unlink": "Removed an identity provider",
  "person.add": "Added a person",
  "record.add": "Added records",
  "upload.create": "Sent a file",
  "import.check": "Checked a file without importing it",
  "job.cancel": "Cancelled a job",
  "job.resume": "Let a job go on",
  "queue.prioritise": "Changed the order of the queue",
  "queue.reserve": "Reserved records for people",
  "release.download_holdout": "Downloaded a sealed holdout",
  "person.password": "Changed the password",
  "person.password_reset": "Had the password reset",
  "person.change": "Changed a person",
  "person.erase": "Erased a person",
  "person.create_owner": "Became the first owner",
  "invitation.create": "Invited somebody",
  "invitation.revoke": "Took an invitation back",
  "invitation.accept": "Accepted an invitation",
  "member.put": "Gave a role in the project",
  "member.drop": "Took a role in the project away",
  "key.create": "Made an API key",
  "key.revoke": "Revoked an API key",
  "parcel.create": "Sent a file of another tool",
  "project.bring": "Made the project from another tool",
  "project.create": "Made the project",
  "project.take": "Took the whole project away",
  "project.change": "Changed the project",
  "schema.add": "Changed the questions",
  "schema.restore": "Went back to earlier questions",
  "answers.ask_again": "Asked for answers again",
  "answers.take_back_asking": "Took back that answers were asked for again",
  "guideline.add": "Changed the guideline",
  "guideline.acknowledge": "Read what changed in the guideline",
  "schema.acknowledge": "Read what changed in the questions",
  "case.make_edge_case": "Made a decision an edge case",
  "records.add": "Added records",
  "view.save": "Saved a view",
  "view.change": "Changed a view",
  "view.delete": "Deleted a view",
  "view.restore": "Took a deleted view back",
  "import.start": "Started an import",
  "case.decide": "Decided a record",
  "case.undo": "Took a decision back",
  "comment.delete": "Deleted a comment",
  "comment.restore": "Brought a comment back",
  "thread.resolve": "Resolved a thread",
  "thread.reopen": "Opened a thread again",
  "audit.export": "Took the audit trail away",
  "case.accept": "Accepted an answer",
  "case.return": "Sent a record back",
  "case.accept_all": "Accepted many answers",
  "case.undo_all": "Took many acceptances back",
  "review.plan": "Changed what is reviewed",
  "queue.steer": "Changed what comes next",
  "queue.undo_steering": "Took a change of the queue back",
  "queue.skills": "Changed somebody's skills",
  "queue.skill_rules": "Changed which records ask for skills",
  "release.create": "Made a release",
  "record.relabel": "Re-labelled records",
  "record.undo_relabel": "Took a re-labelling back",
  "record.delete": "Deleted records",
  "record.restore": "Restored deleted records",
  "record.erase": "Erased deleted records",
  "retention.change": "Changed how long a project keeps things",
  "retention.sweep": "Removed what a project keeps no longer",
  "release.withdraw": "Withdrew a release",
  "release.reinstate": "Reinstated a release",
  "release.download": "Downloaded a release",
};

/** What an entry can be about: the first part of its subject. */
export const SUBJECTS: Record<string, string> = {
  person: "People and sessions",
  invitation: "Invitations",
  key: "API keys",
  project: "Projects",
  schema: "Questions",
  guideline: "Guidelines",
  record: "Records",
  upload: "Uploads",
  job: "Jobs",
  release: "Releases",
  view: "Views",
};

export function actionInWords(action: string): string {
  return ACTIONS[action] ?? sentence(action.replaceAll(/[._]/g, " "));
}

/** The subject by name where it has one, then what the entry holds beside it. */
export function detailsInWords(entry: Pick<AuditEntry, "subject" | "details">, subjectName?: string): string {
  const details = Object.entries(entry.details)
    .filter(([name, value]) => !isEmpty(value) && !name.endsWith("_id") && name !== "holder")
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${inWords(value)}`);
  return [subjectName, ...details].filter(Boolean).join(" · ");
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(", ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `${name.replaceAll("_", " ")} ${inWords(part)}`)
      .join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
