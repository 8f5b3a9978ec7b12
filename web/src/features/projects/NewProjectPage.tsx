/** A new project: a name, and a starting point that can be changed; what was changed in one is there again on return. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Truck } from "lucide-react";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { Loading, Page, ProblemNote, Section } from "@/ui";
import { useCreateProject } from "./api/project";
import { type Template, templatesQuery } from "./api/templates";
import classes from "./NewProjectPage.module.css";
import { contentOf, type Draft, draftOf } from "./schemaDraft/draft";
import { faultsOf } from "./schemaDraft/faults";
import { SchemaEditor } from "./schemaDraft/SchemaEditor";
import { useSchemaDraft } from "./schemaDraft/useSchemaDraft";

const EMPTY = {
  name: "",
  title: "Empty",
  description: "One text field, and questions of your own.",
  guideline: "",
  fields: [{ name: "text", type: "text", title: "Text", required: true, markdown: false }],
  questions: [],
} satisfies Template;

export function NewProjectPage() {
  const templates = useQuery(templatesQuery);
  if (templates.isPending) return <Loading what="Fetching starting points" />;
  if (templates.isError)
    return (
      <Page title="New project" width="reading">
        <ProblemNote error={templates.error} onRetry={templates.refetch} />
      </Page>
    );
  return <NewProject templates={[...templates.data, EMPTY]} />;
}

function NewProject({ templates }: { templates: readonly Template[] }) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [template, setTemplate] = useState(templates[0] ?? EMPTY);
  const schema = useSchemaDraft(() => freshDraft(template));
  const faults = useMemo(() => faultsOf(schema.draft), [schema.draft]);
  const create = useCreateProject();
  const navigate = useNavigate();
  const left = useRef(new Map<string, Draft>());
  const choose = (next: Template) => {
    left.current.set(template.name, schema.draft);
    setTemplate(next);
    schema.restart(left.current.get(next.name) ?? freshDraft(next));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { fields, questions } = contentOf(schema.draft);
    create.mutate(
      { name, description, fields, questions, guideline: template.guideline },
      { onSuccess: ({ id }) => navigate({ to: "/projects/$projectId", params: { projectId: id } }) },
    );
  };
  return (
    <Page
      title="New project"
      lead="One judging task: what is asked, and about what."
      width="wide"
      actions={
        <Button component={Link} to="/projects/bring" variant="default" leftSection={<Truck size={16} />}>
          Bring one from another tool
        </Button>
      }
    >
      <form onSubmit={submit} id="new-project" className={classes.about}>
        <TextInput
          label="Name"
          description="As people will find it"
          placeholder="Support messages"
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          autoFocus
        />
        <Textarea
          label="Description"
          description="One line that tells people what it is for"
          autosize
          maxLength={4000}
          value={description}
          onChange={(e) => setDescription(e.currentTarget.value)}
        />
      </form>
      <Section title="Start from">
        <TemplateChoice templates={templates} chosen={template} onChoose={choose} />
      </Section>
      <div className={classes.schema}>
        <SchemaEditor key={template.name} schema={schema} faults={faults} />
      </div>
      <div className={classes.foot}>
        {create.isError && <ProblemNote error={create.error} />}
        <div className={classes.deeds}>
          <Button type="submit" form="new-project" loading={create.isPending} disabled={faults.length > 0}>
            Make the project
          </Button>
          <p className={classes.words}>
            {faults.length > 0
              ? (faults[0]?.text ?? "")
              : "Everything can be changed later, but for the fields that records carry."}
          </p>
        </div>
      </div>
    </Page>
  );
}

type TemplateChoiceProps = {
  templates: readonly Template[];
  chosen: Template;
  onChoose: (template: Template) => void;
};

function TemplateChoice({ templates, chosen, onChoose }: TemplateChoiceProps) {
  return (
    <fieldset className={classes.templates}>
      <legend className="unseen">Starting point</legend>
      {templates.map((template) => (
        <label key={template.name} className={classes.template}>
          <input
            type="radio"
            name="template"
            checked={template.name === chosen.name}
            onChange={() => onChoose(template)}
          />
          <span className={classes.templateTitle}>{template.title}</span>
          <span className={classes.templateHelp}>{template.description}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A template's content; without questions, one that waits to be written. */
function freshDraft(template: Template): Draft {
  const draft = draftOf(template, false);
  if (draft.questions.length > 0) return draft;
  return draftOf(
    {
      fields: template.fields,
      questions: [
        {
          name: "label",
          type: "label",
          title: "Which label fits best?",
          required: true,
          allow_note: false,
          leaves_only: false,
          options: [
            { value: "yes", title: "Yes" },
            { value: "no", title: "No" },
          ],
        },
      ],
    },
    false,
  );
}
