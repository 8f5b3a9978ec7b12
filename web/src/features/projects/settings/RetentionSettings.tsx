/** How long the project keeps what it no longer needs, and what the next sweep would remove by the days on the screen. */
import { NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card, Section } from "@/ui";
import { Confirm } from "@/ui/Confirm";
import { Form } from "@/ui/Form";
import { ProblemNote } from "@/ui/ProblemNote";
import { type Retention, retentionPreviewQuery, retentionQuery, useChangeRetention } from "../api/retention";
import { can } from "../permissions";
import type { Project } from "../queries";
import { days, dueInWords, RULES } from "./retentionWords";
import classes from "./settings.module.css";

export function RetentionSettings({ project }: { project: Project }) {
  const present = useSuspenseQuery(retentionQuery(project.id)).data;
  return <RetentionForm key={JSON.stringify(present.rules)} project={project} present={present} />;
}

function RetentionForm({ project, present }: { project: Project; present: Retention }) {
  const [rules, setRules] = useState(present.rules);
  const [asking, setAsking] = useState(false);
  const [wanted] = useDebouncedValue(rules, 300);
  const preview = useQuery(retentionPreviewQuery(project.id, wanted));
  const change = useChangeRetention(project.id);
  const mayChange = can(project.my_role, "own");
  const changed = JSON.stringify(rules) !== JSON.stringify(present.rules);
  const due = preview.data?.due ?? present.due;
  const save = () => change.mutate(rules, { onSettled: () => setAsking(false) });
  return (
    <div className={classes.narrow}>
      <p className={classes.words}>
        What a project no longer needs is removed by itself, every hour, once it was kept this long. Answers,
        resolutions and finished releases stay, and so does the audit trail.
      </p>
      <Card>
        <Form
          deed="Save the days"
          onSubmit={() => (due.length ? setAsking(true) : save())}
          busy={change.isPending}
          error={change.error ?? undefined}
          disabled={!changed || !mayChange || preview.isError}
          aside={mayChange ? undefined : <span className={classes.quiet}>Only owners of the project change them.</span>}
        >
          <div className={classes.two}>
            {RULES.map(({ rule, label, description }) => (
              <NumberInput
                key={rule}
                label={label}
                description={description}
                placeholder={days(present.installation.days[rule])}
                suffix={rules[rule] === 1 ? " day" : " days"}
                min={
                  rule === "uploads_days" ? Math.max(1, present.installation.at_least) : present.installation.at_least
                }
                max={present.installation.at_most}
                allowDecimal={false}
                readOnly={!mayChange}
                value={rules[rule] ?? ""}
                onChange={(to) => setRules((now) => ({ ...now, [rule]: to === "" ? null : Number(to) }))}
              />
            ))}
          </div>
          <p className={classes.hint}>
            Left empty, the installation decides. It allows {present.installation.at_least} to{" "}
            {days(present.installation.at_most)}.
          </p>
        </Form>
      </Card>
      <Section title="The next sweep">
        {preview.error ? <ProblemNote error={preview.error} /> : <WhatGoes due={due} />}
      </Section>
      <Confirm
        opened={asking}
        title="Remove this for good?"
        deed="Save, and let it go"
        harmful
        busy={change.isPending}
        onConfirm={save}
        onClose={() => setAsking(false)}
      >
        <p>By these days the next sweep, within the hour, removes what cannot come back:</p>
        <WhatGoes due={due} />
      </Confirm>
    </div>
  );
}

function WhatGoes({ due }: { due: Retention["due"] }) {
  if (!due.length) return <p className={classes.words}>Nothing is due. The next sweep would remove nothing.</p>;
  return (
    <ul className={classes.due} aria-live="polite">
      {due.map((one) => (
        <li key={one.kind}>
          {dueInWords(one)} <span className={classes.quiet}>{one.examples.join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}
