/** How much of what nobody disputes a reviewer sees: of everybody's work, of new people's, of some people's and routes. */
import { ActionIcon, Button, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Project } from "@/features/projects";
import { membersQuery } from "@/features/projects/api/members";
import { Loading, ProblemNote } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { type ReviewPlan, reviewPlanQuery, useChangePlan } from "./api/reviewed";
import classes from "./ReviewPlanForm.module.css";

export function ReviewPlanForm({ project }: { project: Project }) {
  const plan = useQuery(reviewPlanQuery(project.id));
  if (plan.isPending) return <Loading />;
  if (plan.isError) return <ProblemNote error={plan.error} onRetry={plan.refetch} />;
  return <PlanForm key={JSON.stringify(plan.data)} project={project} stored={plan.data} />;
}

function PlanForm({ project, stored }: { project: Project; stored: ReviewPlan }) {
  const change = useChangePlan(project.id);
  const [plan, setPlan] = useState(stored);
  const set = (part: Partial<ReviewPlan>) => setPlan((now) => ({ ...now, ...part }));
  const complete = plan.routes.every((one) => one.key.trim() && one.value.trim());
  const changed = JSON.stringify(plan) !== JSON.stringify(stored);
  return (
    <Form
      deed="Save what is reviewed"
      onSubmit={() => change.mutate(plan)}
      busy={change.isPending}
      error={change.error}
      disabled={!changed || !complete}
    >
      <div className={classes.basic}>
        <Share label="Of everybody's answers" value={plan.share} onChange={(share) => set({ share })} />
        <Share
          label="Of somebody's first answers"
          value={plan.first_share}
          onChange={(share) => set({ first_share: share })}
        />
        <NumberInput
          label="First answers are the first"
          description="0: nobody counts as new"
          min={0}
          max={100_000}
          value={plan.first_answers}
          onChange={(n) => set({ first_answers: Number(n) || 0 })}
        />
      </div>
      <People project={project} plan={plan} set={set} />
      <Routes plan={plan} set={set} />
      <p className={classes.hint}>
        The highest rate that applies counts. Annotators do not see these rates, nor which answers are drawn.
      </p>
    </Form>
  );
}

type PartProps = { plan: ReviewPlan; set: (part: Partial<ReviewPlan>) => void };

function People({ project, plan, set }: PartProps & { project: Project }) {
  const members = useQuery(membersQuery(project.id)).data ?? [];
  const taken = new Set(plan.people.map((one) => one.person_id));
  const free = members.filter((one) => !taken.has(one.id));
  const nameOf = (id: number) => members.find((one) => one.id === id)?.name ?? "Somebody who left";
  return (
    <Rows
      title="People with a rate of their own"
      rows={plan.people.map(({ person_id, share }) => (
        <Row
          key={person_id}
          what={nameOf(person_id)}
          onRemove={() => set({ people: plan.people.filter((one) => one.person_id !== person_id) })}
        >
          <span>{nameOf(person_id)}</span>
          <Share
            hidden
            label={`Of the answers of ${nameOf(person_id)}`}
            value={share}
            onChange={(to) =>
              set({ people: plan.people.map((one) => (one.person_id === person_id ? { ...one, share: to } : one)) })
            }
          />
        </Row>
      ))}
    >
      {free.length > 0 && (
        <Choice
          label="Give somebody a rate of their own"
          options={[
            { value: "", label: "Add a person…" },
            ...free.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          value=""
          onChange={(id) => id && set({ people: [...plan.people, { person_id: Number(id), share: plan.share }] })}
        />
      )}
    </Rows>
  );
}

function Routes({ plan, set }: PartProps) {
  const change = (at: number, part: Partial<ReviewPlan["routes"][number]>) =>
    set({ routes: plan.routes.map((one, place) => (place === at ? { ...one, ...part } : one)) });
  return (
    <Rows
      title="Routes: records whose metadata says so"
      rows={plan.routes.map((route, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are written
        <Row key={at} what="route" onRemove={() => set({ routes: plan.routes.filter((_, place) => place !== at) })}>
          <span className={classes.pair}>
            <TextInput
              aria-label="Metadata key"
              placeholder="channel"
              value={route.key}
              onChange={(e) => change(at, { key: e.currentTarget.value })}
            />
            <TextInput
              aria-label="Value"
              placeholder="phone"
              value={route.value}
              onChange={(e) => change(at, { value: e.currentTarget.value })}
            />
          </span>
          <Share hidden label="Of these records" value={route.share} onChange={(share) => change(at, { share })} />
        </Row>
      ))}
    >
      <Button
        variant="default"
        size="xs"
        leftSection={<Plus size={14} />}
        onClick={() => set({ routes: [...plan.routes, { key: "", value: "", share: plan.share }] })}
      >
        Add a route
      </Button>
    </Rows>
  );
}

function Rows({ title, rows, children }: { title: string; rows: readonly ReactNode[]; children: ReactNode }) {
  return (
    <fieldset className={classes.rows}>
      <legend>{title}</legend>
      {rows}
      <div>{children}</div>
    </fieldset>
  );
}

function Row({ what, onRemove, children }: { what: string; onRemove: () => void; children: ReactNode }) {
  return (
    <div className={classes.row}>
      {children}
      <ActionIcon aria-label={`Remove the rate of ${what}`} onClick={onRemove}>
        <X size={15} />
      </ActionIcon>
    </div>
  );
}

type ShareProps = { label: string; value: number; hidden?: boolean; onChange: (share: number) => void };

function Share({ label, value, hidden = false, onChange }: ShareProps) {
  return (
    <NumberInput
      {...(hidden ? { "aria-label": label } : { label, description: "Drawn at random" })}
      min={0}
      max={100}
      decimalScale={1}
      suffix=" %"
      value={Math.round(value * 1000) / 10}
      onChange={(n) => onChange((Number(n) || 0) / 100)}
    />
  );
}
