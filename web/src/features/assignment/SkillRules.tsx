/** Which records ask for which skills when they come in. */
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { Loading, ProblemNote } from "@/ui";
import { Form } from "@/ui/Form";
import classes from "./QueuePage.module.css";
import { rulesQuery, type SkillRule, useChangeRules } from "./requests";

export function SkillRules({ project }: { project: Project }) {
  const rules = useQuery(rulesQuery(project.id));
  if (rules.isPending) return <Loading />;
  if (rules.isError) return <ProblemNote error={rules.error} onRetry={rules.refetch} />;
  return <RuleForm key={JSON.stringify(rules.data)} project={project} stored={rules.data} />;
}

function RuleForm({ project, stored }: { project: Project; stored: readonly SkillRule[] }) {
  const save = useChangeRules(project.id);
  const [rules, setRules] = useState<readonly SkillRule[]>(stored);
  const change = (place: number, part: Partial<SkillRule>) =>
    setRules(rules.map((one, at) => (at === place ? { ...one, ...part } : one)));
  const changed = JSON.stringify(rules) !== JSON.stringify(stored);
  return (
    <Form
      deed="Save the rules"
      onSubmit={() => save.mutate([...rules])}
      busy={save.isPending}
      error={save.error}
      disabled={!changed || rules.some((rule) => !rule.key.trim())}
      aside={
        <Button
          variant="default"
          leftSection={<Plus size={14} />}
          onClick={() => setRules([...rules, { key: "", value: null, skill: null }])}
        >
          Add a rule
        </Button>
      }
    >
      <p className={classes.quiet}>
        New records can ask for skills by their metadata. With a key alone, a record asks for a skill named like its
        value: <code>language</code> sends German records to those who know German. Records that are here already are
        changed above.
      </p>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are written
        <div key={at} className={classes.rule}>
          <TextInput
            aria-label="Metadata key"
            placeholder="language"
            value={rule.key}
            onChange={(e) => change(at, { key: e.currentTarget.value })}
          />
          <TextInput
            aria-label="Value"
            placeholder="any value"
            value={rule.value ?? ""}
            onChange={(e) => change(at, { value: e.currentTarget.value || null })}
          />
          <TextInput
            aria-label="Skill"
            placeholder="named like the value"
            value={rule.skill ?? ""}
            onChange={(e) => change(at, { skill: e.currentTarget.value || null })}
          />
          <ActionIcon aria-label="Remove the rule" onClick={() => setRules(rules.filter((_, place) => place !== at))}>
            <X size={15} />
          </ActionIcon>
        </div>
      ))}
    </Form>
  );
}
