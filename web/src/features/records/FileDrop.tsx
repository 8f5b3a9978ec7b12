/** Takes a file, dropped or chosen, and shows how far its upload is. */
import { Button, FileButton, Progress } from "@mantine/core";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { bytes, percent } from "@/lib/format";
import { ProblemNote } from "@/ui";
import type { SendFile, Sending } from "./api/upload";
import classes from "./FileDrop.module.css";

export const ROWS = ".csv,.tsv,.json,.jsonl,.ndjson,.parquet";

type FileDropProps<Kept> = {
  send: SendFile<Kept>;
  onSent: (kept: Kept) => void;
  accept?: string;
  hint?: string;
};

export function FileDrop<Kept>({
  send: sendFile,
  onSent,
  accept = ROWS,
  hint = "One record per row, line or list entry.",
}: FileDropProps<Kept>) {
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [over, setOver] = useState(false);
  const sending = useRef<Sending<Kept> | null>(null);
  const send = (next: File | null | undefined) => {
    if (!next) return;
    setFile(next);
    setShare(0);
    setError(null);
    sending.current = sendFile(next, setShare);
    sending.current.done.then(onSent, (problem) => {
      setFile(null);
      setError(problem);
    });
  };
  const cancel = () => {
    sending.current?.cancel();
    setFile(null);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files[0]);
  };
  return (
    <>
      {error != null && <ProblemNote error={error} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {file ? (
          <div className={classes.sending}>
            <p>
              <strong>{file.name}</strong>, {bytes(file.size)}
            </p>
            <Progress value={share * 100} aria-label={`Uploading ${file.name}`} />
            <p className={classes.quiet} role="status">
              {share < 1 ? `${percent(share)} uploaded` : "Looking through the file"}
            </p>
            <Button variant="default" size="xs" onClick={cancel}>
              Cancel
            </Button>
          </div>
        ) : (
          <>
            <FileUp size={24} aria-hidden="true" className={classes.icon} />
            <p className={classes.words}>Drop a file here, or</p>
            <FileButton onChange={send} accept={accept}>
              {(props) => <Button {...props}>Choose a file</Button>}
            </FileButton>
            <p className={classes.quiet}>{hint}</p>
          </>
        )}
      </div>
    </>
  );
}
