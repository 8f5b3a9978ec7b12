/** The rules by which records travel, each with what it does, and all of them together in words. */
import { Checkbox, NumberInput, Slider } from "@mantine/core";
import { useState } from "react";
import { percent } from "@/lib/format";
import { Card } from "@/ui";
import { Choice } from "@/ui/Choice";
import { Form } from "@/ui/Form";
import { type Policy, useChangeProject } from "../api/project";
import type { Project, Question } from "../queries";
import { ImageRules } from "./ImageRules";
import { policyInWords } from "./policyWords";
import classes from "./settings.module.css";

const RULES = [
  { value: "majority", label: "More than half agree" },
  { value: "unanimous", label: "All agree" },
  { value: "share", label: "At least a share of them agree" },
];

export function PolicySettings({ project }: { project: Project }) {
  const change = useChangeProject(project.id);
  const [policy, setPolicy] = useState(project.policy);
  const set = (to: Partial<Policy>) => setPolicy((now) => ({ ...now, ...to }));
  const changed = JSON.stringify(policy) !== JSON.stringify(project.policy);
  return (
    <div className={classes.narrow}>
      <p className={classes.summary} aria-live="polite">
        {policyInWords(policy)}
      </p>
      <Card>
        <Form
          deed="Save the rules"
          onSubmit={() => change.mutate({ policy })}
          busy={change.isPending}
          error={change.error}
          disabled={!changed}
        >
          <People policy={policy} set={set} />
          <Agreement
            policy={policy}
            set={set}
            asked={new Set(project.schema.questions.map((question) => question.type))}
          />
          <Sight policy={policy} set={set} />
          <ImageRules policy={policy} set={set} />
        </Form>
      </Card>
    </div>
  );
}

type PartProps = { policy: Policy; set: (to: Partial<Policy>) => void };

function People({ policy, set }: PartProps) {
  return (
    <div className={classes.two}>
      <NumberInput
        label="People per record"
        description="Asked about every record at first"
        min={1}
        max={50}
        value={policy.overlap}
        onChange={(n) => {
          const overlap = Number(n) || 1;
          set({ overlap, max_annotators: Math.max(overlap, policy.max_annotators) });
        }}
      />
      <NumberInput
        label="People at most"
        description="Asked one by one while they disagree"
        min={policy.overlap}
        max={50}
        value={policy.max_annotators}
        onChange={(n) => set({ max_annotators: Number(n) || policy.overlap })}
      />
      <NumberInput
        label="A record is kept for"
        description="Somebody who got it and does nothing loses it then"
        min={1}
        max={1440}
        suffix=" minutes"
        value={Math.round(policy.lease_seconds / 60)}
        onChange={(n) => set({ lease_seconds: (Number(n) || 1) * 60 })}
      />
      <NumberInput
        label="Also shown to an expert"
        description="Share of agreed records, to see how good agreement is"
        min={0}
        max={100}
        suffix=" %"
        decimalScale={1}
        value={Math.round(policy.expert_sample_share * 1000) / 10}
        onChange={(n) => set({ expert_sample_share: (Number(n) || 0) / 100 })}
      />
    </div>
  );
}

function Agreement({ policy, set, asked }: PartProps & { asked: ReadonlySet<Question["type"]> }) {
  const { consensus } = policy;
  return (
    <>
      <div className={classes.two}>
        <Choice
          titled
          label="Agreed when"
          description="A record is agreed when all its questions are"
          options={RULES}
          value={consensus.rule}
          onChange={(rule) => set({ consensus: { ...consensus, rule: rule as typeof consensus.rule } })}
        />
        {asked.has("rating") && (
          <NumberInput
            label="Ratings agree within"
            description="Steps apart that still count as the same"
            min={0}
            max={20}
            value={policy.rating_tolerance}
            onChange={(n) => set({ rating_tolerance: Number(n) || 0 })}
          />
        )}
        {asked.has("span") && (
          <NumberInput
            label="Passages agree within"
            description="Characters their ends may lie apart and still be the same passage"
            min={0}
            max={100}
            value={policy.span_tolerance}
            onChange={(n) => set({ span_tolerance: Number(n) || 0 })}
          />
        )}
      </div>
      {consensus.rule === "share" && (
        <div>
          <p id="share-label">At least {percent(consensus.share)} of the people</p>
          <Slider
            min={0.51}
            max={1}
            step={0.01}
            label={percent}
            thumbLabel="Share of the people who must agree"
            value={consensus.share}
            onChange={(share) => set({ consensus: { ...consensus, share } })}
          />
        </div>
      )}
    </>
  );
}

function Sight({ policy, set }: PartProps) {
  return (
    <div className={classes.stack}>
      <Checkbox
        label="Only people for whom records are reserved"
        description="Whoever has no reservation gets no record, and nobody else is asked on disagreement. Reserve records with the SDK or the API first, or nobody has any work."
        checked={policy.reserved_only}
        onChange={(e) => set({ reserved_only: e.currentTarget.checked })}
      />
      <Checkbox
        label="Blind"
        description="Nobody sees another person's answers before an expert compares them. The server keeps it, not the screen."
        checked={policy.blind}
        onChange={(e) => set({ blind: e.currentTarget.checked })}
      />
      <Checkbox
        label="Annotators see metadata"
        description="Such as channel or date, beside the record. Sensitive attributes stay hidden."
        checked={policy.annotators_see_metadata}
        onChange={(e) => set({ annotators_see_metadata: e.currentTarget.checked })}
      />
      <Checkbox
        label="An expert may decide about records they annotated"
        description="Otherwise such a case waits for another expert."
        checked={policy.adjudicator_may_have_annotated}
        onChange={(e) => set({ adjudicator_may_have_annotated: e.currentTarget.checked })}
      />
    </div>
  );
}
