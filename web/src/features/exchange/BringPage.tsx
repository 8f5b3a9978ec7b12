/** Bring a project from another tool: drop its export, see what comes of it and what does not, make the project. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { FileDrop } from "@/features/records/FileDrop";
import { Page } from "@/ui";
import { type Parcel, sendParcel } from "./api/parcels";
import classes from "./BringPage.module.css";
import { ParcelPlan } from "./ParcelPlan";

const ACCEPTED = ".json,.jsonl,.ndjson,.zip,.parquet";

const TOOLS = [
  ["Label Studio", "JSON or JSON-MIN export, with the labelling configuration beside it"],
  ["Argilla", "the folder that to_disk writes: records.json and .argilla/settings.json"],
  ["doccano", "JSONL export; of one person each, the archive as it is"],
  ["Prodigy", "what db-out prints"],
  ["Potato", "the task's folder: configuration, data and annotation_output"],
] as const;

export function BringPage() {
  const [parcel, setParcel] = useState<Parcel | null>(null);
  return (
    <Page
      title="Bring a project"
      lead="From Label Studio, Argilla, doccano, Prodigy or Potato: questions, records, everybody's answers, suggestions."
      actions={
        <Button component={Link} to="/projects/new" variant="default">
          Begin an empty one
        </Button>
      }
    >
      {parcel ? (
        <ParcelPlan key={parcel.id} parcel={parcel} onAnother={() => setParcel(null)} />
      ) : (
        <>
          <FileDrop
            send={sendParcel}
            onSent={setParcel}
            accept={ACCEPTED}
            hint="Several files go into one ZIP archive. Nothing is made before you have seen what comes of it."
          />
          <dl className={classes.tools}>
            {TOOLS.map(([tool, what]) => (
              <div key={tool}>
                <dt>{tool}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Page>
  );
}
