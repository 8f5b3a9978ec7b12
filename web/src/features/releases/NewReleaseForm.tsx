/** What goes into a new release: a name, a licence, which accepted answers; and why the holdout stays out. */
import { Autocomplete, Checkbox, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Project } from "@/features/projects";
import { facetsQuery } from "@/features/records/api/facets";
import { titleOf } from "@/features/records/columns";
import { count, plural } from "@/lib/format";
import { Form } from "@/ui/Form";
import { useCreateRelease } from "./api/releases";
import classes from "./releases.module.css";

const LICENCES = [
  "CC-BY-4.0",
  "CC-BY-SA-4.0",
  "CC-BY-NC-4.0",
  "CC0-1.0",
  "Apache-2.0",
  "MIT",
  "ODC-By-1.0",
  "proprietary",
];
const METHODS = [
  { value: "consensus", label: "Annotators agreed" },
  { value: "adjudication", label: "An expert settled a disagreement" },
  { value: "expert", label: "An expert decided otherwise" },
] as const;
type Method = (typeof METHODS)[number]["value"];

type NewReleaseFormProps = { project: Project; onMade: (releaseId: number) => void };

export function NewReleaseForm({ project, onMade }: NewReleaseFormProps) {
  const create = useCreateRelease(project.id);
  const facets = useQuery(facetsQuery(project.id)).data ?? [];
  const [name, setName] = useState("");
  const [licence, setLicence] = useState("CC-BY-4.0");
  const [notes, setNotes] = useState("");
  const [methods, setMethods] = useState<Method[]>(METHODS.map(({ value }) => value));
  const [pairs, setPairs] = useState<string[]>([]);
  const [holdout, setHoldout] = useState(false);
  const submit = () =>
    create.mutate(
      {
        name,
        licence,
        notes,
        filter: {
          states: ["resolved"],
          methods: methods.length === METHODS.length ? [] : methods,
          facets: pairs,
          include_holdout: holdout,
        },
      },
      { onSuccess: ({ id }) => onMade(id) },
    );
  return (
    <Form
      deed="Make the release"
      onSubmit={submit}
      busy={create.isPending}
      error={create.error}
      disabled={methods.length === 0}
    >
      <TextInput
        label="Name"
        placeholder="First training set"
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        data-autofocus
      />
      <Autocomplete
        label="Licence"
        description="An SPDX identifier, or the name of your own; it stands in the data card"
        data={LICENCES}
        required
        withAsterisk={false}
        value={licence}
        onChange={setLicence}
      />
      <Textarea label="Notes" autosize minRows={2} value={notes} onChange={(e) => setNotes(e.currentTarget.value)} />
      <Checkbox.Group
        label="Accepted answers to take"
        value={methods}
        onChange={(next) => setMethods(next as Method[])}
      >
        <div className={classes.checks}>
          {METHODS.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      <MultiSelect
        label="Only records with"
        placeholder={pairs.length === 0 ? "any metadata" : ""}
        data={facets
          .filter((facet) => facet.kind === "metadata")
          .map((facet) => ({
            group: titleOf(facet.key),
            items: facet.values.map(({ value, count: n }) => ({
              value: `${facet.key}:${value}`,
              label: `${value || "(empty)"} (${count(n)})`,
            })),
          }))}
        searchable
        clearable
        value={pairs}
        onChange={setPairs}
      />
      <Checkbox
        label="Include holdout records"
        description={holdoutInWords(project.counts.holdout)}
        checked={holdout}
        onChange={(e) => setHoldout(e.currentTarget.checked)}
      />
      {holdout && (
        <p className={classes.warning} role="alert">
          Never train on this release: what a model has seen cannot test it any more. That you asked for it stands in
          the audit trail.
        </p>
      )}
    </Form>
  );
}

function holdoutInWords(n: number): string {
  const sealed = n === 0 ? "This project has none." : `${plural(n, "record")} in this project.`;
  return `They are sealed to test models later, so a release leaves them out. ${sealed}`;
}
