/** What a training format shall hold, where the schema does not say it by itself: which field asks, which answers. */
import { Button, Modal, TextInput } from "@mantine/core";
import { Download, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Choice } from "@/ui/Choice";
import { downloadAddress, type Release } from "./api/release";
import { schemaIn } from "./manifest";
import classes from "./releases.module.css";
import { choicesFor, type TrlFormat, type Wish } from "./trl";

type TrlDownloadProps = { projectId: number; release: Release; format: TrlFormat; filename: string };

export function TrlDownload({ projectId, release, format, filename }: TrlDownloadProps) {
  const [open, setOpen] = useState(false);
  const [wish, setWish] = useState<Wish>({});
  const choices = choicesFor(format, schemaIn(release.manifest));
  const set = (name: keyof Wish, value: string) =>
    setWish((now) => Object.fromEntries(Object.entries({ ...now, [name]: value }).filter(([, chosen]) => chosen)));
  return (
    <>
      <Button variant="subtle" size="xs" leftSection={<SlidersHorizontal size={14} />} onClick={() => setOpen(true)}>
        Choose
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="What the rows shall hold">
        <div className={classes.stack}>
          {choices.map(({ name, title, help, options }) => (
            <Choice
              key={name}
              titled
              label={title}
              description={help}
              options={[{ value: "", label: "As the schema says" }, ...options]}
              value={wish[name] ?? ""}
              onChange={(value) => set(name, value)}
            />
          ))}
          <TextInput
            label="Only rows where"
            description="A condition on an answer or a metadata value; leave empty for all"
            placeholder="quality>=4"
            value={wish.keep ?? ""}
            onChange={(e) => set("keep", e.currentTarget.value)}
          />
          <div>
            <Button
              component="a"
              href={downloadAddress(projectId, release.id, format, "data", wish)}
              download={filename}
              leftSection={<Download size={15} />}
            >
              Download
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
