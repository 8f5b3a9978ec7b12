/** Whether a release should still be used: which of its rows were deleted since, and withdrawing it. */
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { can, type Project } from "@/features/projects";
import { day, plural } from "@/lib/format";
import { Card, ProblemNote } from "@/ui";
import { deletedRowsQuery, useWithdrawal } from "./api/deletedRows";
import { downloadAddress, type Release } from "./api/release";
import classes from "./releases.module.css";

type WithdrawalProps = { project: Project; release: Release };

/** What stands above a release that is withdrawn. */
export function Withdrawn({ project, release }: WithdrawalProps) {
  const { reinstate } = useWithdrawal(project.id, release);
  if (!release.withdrawn) return null;
  const { at, by, reason, files_removed_at } = release.withdrawn;
  return (
    <div className={classes.above}>
      <Card>
        <div className={classes.stack}>
          <p>
            <strong>Withdrawn</strong> by {by.name} on {day(at)}: {reason}
          </p>
          <p className={classes.hint}>
            {files_removed_at
              ? `Its rows were removed on ${day(files_removed_at)}; the manifest is kept.`
              : "Nobody can download its rows. They are removed for good after a while; until then it can be reinstated."}
          </p>
          {reinstate.isError && <ProblemNote error={reinstate.error} />}
          <Group gap="xs">
            <Button component="a" href={downloadAddress(project.id, release.id, "jsonl", "manifest")} variant="default">
              Manifest
            </Button>
            {!files_removed_at && can(project.my_role, "manage") && (
              <Button variant="default" loading={reinstate.isPending} onClick={() => reinstate.mutate()}>
                Reinstate
              </Button>
            )}
          </Group>
        </div>
      </Card>
    </div>
  );
}

/** Tells of rows that were deleted since; nothing to those who cannot act on it. */
export function DeletedSince({ project, release }: WithdrawalProps) {
  const manages = can(project.my_role, "manage");
  const found = useQuery({ ...deletedRowsQuery(project.id, release.id), enabled: manages }).data;
  if (!found || found.rows === 0) return null;
  return (
    <div className={classes.above}>
      <Card>
        <div className={classes.stack}>
          <p>
            <strong>{plural(found.rows, "row")}</strong> of this release {found.rows === 1 ? "was" : "were"} deleted
            since:{" "}
            {found.items
              .slice(0, 10)
              .map((row) => row.id)
              .join(", ")}
            {found.rows > 10 && ", …"}
          </p>
          <p className={classes.hint}>Withdraw it and make a new one, which leaves them out.</p>
        </div>
      </Card>
    </div>
  );
}

/** The button that withdraws, with the question why. */
export function Withdraw({ project, release }: WithdrawalProps) {
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const { withdraw } = useWithdrawal(project.id, release);
  if (!can(project.my_role, "manage") || release.state !== "ready" || release.withdrawn) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        Withdraw
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Withdraw release ${release.number}`}>
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) withdraw.mutate(reason.trim(), { onSuccess: () => setAsked(false) });
          }}
        >
          <p>Its rows cannot be downloaded any more, and are removed for good after a while. The manifest stays.</p>
          <TextInput
            label="Why"
            description="Told to whoever asks for its rows."
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {withdraw.isError && <ProblemNote error={withdraw.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsked(false)}>
              Cancel
            </Button>
            <Button type="submit" color="red" disabled={!reason.trim()} loading={withdraw.isPending}>
              Withdraw
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
