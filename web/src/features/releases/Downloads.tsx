/** Every format with what it holds, and the parts that go with the data. */
import { Button, Menu } from "@mantine/core";
import { ChevronDown, Download } from "lucide-react";
import { count, plural } from "@/lib/format";
import { Coded } from "@/ui/Coded";
import { TableFrame } from "@/ui/TableFrame";
import { downloadAddress, type FormatOffer, type Part, type Release } from "./api/release";
import classes from "./releases.module.css";
import { TrlDownload } from "./TrlDownload";
import { isTrl } from "./trl";

const FORMATS: Record<string, { title: string; help: string }> = {
  jsonl: { title: "JSON Lines", help: "One object per row; these are hashed" },
  csv: { title: "CSV", help: "For spreadsheets: formulas marked, nested values as JSON" },
  parquet: { title: "Parquet", help: "For pandas, DuckDB, datasets" },
  hf_dataset: { title: "Hugging Face", help: "A DatasetDict folder, zipped; unpack, then load_from_disk" },
  label_studio: { title: "Label Studio", help: "Tasks with the accepted answer, and the configuration; zipped" },
  argilla: { title: "Argilla", help: "A folder for Dataset.from_disk, zipped" },
  doccano: { title: "doccano", help: "JSONL, zipped" },
  prodigy: { title: "Prodigy", help: "JSONL for db-in, zipped" },
  potato: { title: "Potato", help: "A task with data and answers, zipped" },
  trl_sft: { title: "TRL, fine-tuning", help: "Messages, or prompt and completion" },
  trl_preference: { title: "TRL, preference", help: "Prompt, chosen, rejected" },
  trl_kto: { title: "TRL, KTO", help: "Prompt, completion, good or not" },
  trl_stepwise: { title: "TRL, stepwise", help: "Prompt, steps, right or wrong each" },
  openai_chat: { title: "OpenAI, fine-tuning", help: "Messages" },
  openai_dpo: { title: "OpenAI, preference", help: "Input, preferred and other output" },
  alpaca: { title: "Alpaca", help: "Instruction and output, for LLaMA-Factory" },
  alpaca_preference: { title: "Alpaca, preference", help: "Instruction, chosen, rejected" },
  sharegpt: { title: "ShareGPT", help: "Conversations, for LLaMA-Factory" },
  sharegpt_preference: { title: "ShareGPT, preference", help: "Conversations, chosen, rejected" },
};
const PARTS: ReadonlyArray<{ part: Part; title: string; help: string }> = [
  { part: "provenance", title: "Provenance", help: "The story of each row" },
  { part: "comments", title: "Comments", help: "What people said about the records" },
  { part: "skipped", title: "Left out", help: "Records that are not in it, with the reason" },
  { part: "card", title: "Data card", help: "README.md for Hugging Face" },
  { part: "croissant", title: "Croissant", help: "The data card for machines, as JSON-LD" },
  { part: "manifest", title: "Manifest", help: "Everything about the release, as JSON" },
];

export function Downloads({ projectId, release }: { projectId: number; release: Release }) {
  return (
    <>
      <TableFrame label="Formats">
        <thead>
          <tr>
            <th scope="col">Format</th>
            <th scope="col" data-number>
              Rows
            </th>
            <th scope="col">Leaves out</th>
            <th scope="col">
              <span className="unseen">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {release.formats.map((offer) => (
            <FormatLine key={offer.format} projectId={projectId} release={release} offer={offer} />
          ))}
        </tbody>
      </TableFrame>
      <div className={classes.parts}>
        <Menu position="bottom-start" width={280}>
          <Menu.Target>
            <Button variant="default" rightSection={<ChevronDown size={15} aria-hidden="true" />}>
              What goes with it
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {PARTS.map(({ part, title, help }) => (
              <Menu.Item
                key={part}
                component="a"
                href={downloadAddress(projectId, release.id, "jsonl", part)}
                download
                leftSection={<Download size={15} />}
              >
                {title}
                <span className={classes.help}>{help}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  );
}

/** Whoever takes the table by hand will open it in a spreadsheet: it must run nothing there. */
function choicesOf(format: string): Readonly<Record<string, string>> {
  return format === "csv" ? { formula_safe: "true" } : {};
}

type FormatLineProps = { projectId: number; release: Release; offer: FormatOffer };

function FormatLine({ projectId, release, offer }: FormatLineProps) {
  const { title, help } = FORMATS[offer.format] ?? { title: offer.format, help: "" };
  return (
    <tr>
      <th scope="row">
        {title}
        <span className={classes.help}>{help}</span>
      </th>
      {offer.unavailable ? (
        <>
          <td colSpan={2} className={classes.unavailable}>
            <Coded text={offer.unavailable} />
          </td>
          <td data-deeds>
            {offer.format === "trl_sft" && (
              <TrlDownload projectId={projectId} release={release} format="trl_sft" filename={offer.filename} />
            )}
          </td>
        </>
      ) : (
        <>
          <td data-number>{count(offer.rows)}</td>
          <td data-quiet>{skippedInWords(offer.skipped)}</td>
          <td data-deeds>
            {isTrl(offer.format) && (
              <TrlDownload projectId={projectId} release={release} format={offer.format} filename={offer.filename} />
            )}
            <Button
              component="a"
              href={downloadAddress(projectId, release.id, offer.format, "data", choicesOf(offer.format))}
              download={offer.filename}
              variant="default"
              size="xs"
              leftSection={<Download size={14} />}
              aria-label={`Download ${title}`}
            >
              Download
            </Button>
          </td>
        </>
      )}
    </tr>
  );
}

function skippedInWords(skipped: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(skipped).map(([reason, n]) => `${plural(n, "row")}: ${reason.replaceAll("_", " ")}`);
  return reasons.join("; ") || "nothing";
}
