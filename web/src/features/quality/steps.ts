/** The way of a project from nothing to a release, and how much of it is done. */

type Counts = Readonly<{ records: number; annotations: number; disputed: number; resolved: number }>;
export type Step = { title: string; help: string; deed: string; to: string; done: boolean };

export function stepsOf(counts: Counts, members: number, releases: number): readonly Step[] {
  return [
    {
      title: "Import",
      help: "Bring in what people shall judge: CSV, TSV, JSON, JSONL or Parquet.",
      deed: "Import records",
      to: "/import",
      done: counts.records > 0,
    },
    {
      title: "Invite",
      help: "Give annotators a role, or send them a link.",
      deed: "Invite people",
      to: "/settings?tab=members",
      done: members > 1,
    },
    {
      title: "Annotate",
      help: "One record at a time, by keyboard.",
      deed: "Annotate",
      to: "/annotate",
      done: counts.annotations > 0,
    },
    {
      title: "Review",
      help: "An expert decides where people disagree.",
      deed: "Review",
      to: "/review",
      done: counts.resolved > 0 && counts.disputed === 0,
    },
    {
      title: "Release",
      help: "Freeze the accepted answers, with their story.",
      deed: "Make a release",
      to: "/releases",
      done: releases > 0,
    },
  ];
}
