/** What each person can do: free words, languages among them. */
import { TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Project } from "@/features/projects";
import { Loading, ProblemNote } from "@/ui";
import { TableFrame } from "@/ui/TableFrame";
import classes from "./QueuePage.module.css";
import { skillsQuery, useChangeSkills } from "./requests";

export function SkillTable({ project }: { project: Project }) {
  const people = useQuery(skillsQuery(project.id));
  const change = useChangeSkills(project.id);
  if (people.isPending) return <Loading />;
  if (people.isError) return <ProblemNote error={people.error} onRetry={people.refetch} />;
  const known = [...new Set(people.data.flatMap((one) => one.skills))].sort();
  return (
    <>
      {change.isError && <ProblemNote error={change.error} />}
      <TableFrame label="Skills and languages">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Skills and languages</th>
          </tr>
        </thead>
        <tbody>
          {people.data.map(({ person, skills }) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td className={classes.skills}>
                <TagsInput
                  size="xs"
                  aria-label={`Skills of ${person.name}`}
                  placeholder={skills.length === 0 ? "German, medicine…" : ""}
                  data={known}
                  value={skills}
                  onChange={(next) => change.mutate({ person, skills: next })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}
