/** Take a whole project to another tool: one archive for each of those that are known. */
import { Button, Group } from "@mantine/core";
import { Download } from "lucide-react";
import { Section } from "@/ui";
import classes from "./BringPage.module.css";

const TOOLS = [
  ["label_studio", "Label Studio"],
  ["argilla", "Argilla"],
  ["doccano", "doccano"],
  ["prodigy", "Prodigy"],
  ["potato", "Potato"],
] as const;

export function TakeAway({ projectId }: { projectId: number }) {
  return (
    <Section title="The whole project, for another tool">
      <p className={classes.words}>
        Every record, holdouts too, everybody's answers under their names, suggestions and times, as far as the tool has
        a place for them; left-behind.json in the archive counts what it has none for. This is on record.
      </p>
      <Group gap="xs">
        {TOOLS.map(([tool, title]) => (
          <Button
            key={tool}
            component="a"
            href={`/api/v1/projects/${projectId}/take?tool=${tool}`}
            download
            variant="default"
            leftSection={<Download size={14} />}
          >
            {title}
          </Button>
        ))}
      </Group>
    </Section>
  );
}
