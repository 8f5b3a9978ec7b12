/** The project's name and description, and its end. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card, Section } from "@/ui";
import { Confirm } from "@/ui/Confirm";
import { Form } from "@/ui/Form";
import { useChangeProject } from "../api/project";
import type { Project } from "../queries";
import classes from "./settings.module.css";

export function GeneralSettings({ project }: { project: Project }) {
  return (
    <div className={classes.narrow}>
      <Card>
        <NameForm key={project.name + project.description} project={project} />
      </Card>
      <Section title={project.archived_at ? "Restore" : "Archive"}>
        <Card>
          <Archive project={project} />
        </Card>
      </Section>
    </div>
  );
}

function NameForm({ project }: { project: Project }) {
  const change = useChangeProject(project.id);
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const changed = name !== project.name || description !== project.description;
  return (
    <Form
      deed="Save"
      onSubmit={() => change.mutate({ name, description })}
      busy={change.isPending}
      error={change.error}
      disabled={!changed}
    >
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Textarea
        label="Description"
        description="One line that tells people what this project is for"
        autosize
        minRows={2}
        maxLength={4000}
        value={description}
        onChange={(e) => setDescription(e.currentTarget.value)}
      />
    </Form>
  );
}

function Archive({ project }: { project: Project }) {
  const change = useChangeProject(project.id);
  const [asking, setAsking] = useState(false);
  if (project.archived_at)
    return (
      <>
        <p className={classes.words}>The project is archived. Restored, people go on where they stopped.</p>
        <Button loading={change.isPending} onClick={() => change.mutate({ archived: false })}>
          Restore the project
        </Button>
      </>
    );
  return (
    <>
      <p className={classes.words}>
        An archived project can be read and its releases downloaded, but nobody annotates, imports or releases in it. It
        can be restored at any time.
      </p>
      <Button variant="default" onClick={() => setAsking(true)}>
        Archive the project
      </Button>
      <Confirm
        opened={asking}
        title={`Archive “${project.name}”?`}
        deed="Archive"
        busy={change.isPending}
        error={change.error}
        onClose={() => setAsking(false)}
        onConfirm={() => change.mutate({ archived: true }, { onSuccess: () => setAsking(false) })}
      >
        Everybody stops at the record they are at. What they have submitted stays, and you can restore the project here.
      </Confirm>
    </>
  );
}
