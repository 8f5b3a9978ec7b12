"""Close a release: hash what was frozen, measure agreement in it, write the manifest, open it to readers."""

from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.projects import Carrier
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.counts import Counts, below, loaded
from goldsmith.server.features.releases.deleted import told_in_manifest
from goldsmith.server.features.releases.digest import Digest
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.frozen import PartName, read_text, sweep
from goldsmith.server.features.releases.manifest import manifest_of
from goldsmith.server.features.releases.plan import Plan
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.pipelines import Step, Workbench


def finish(bench: Workbench, plan: Plan, carrier: Carrier, seen: int) -> Step:
    """The last step: reads every part once, writes the manifest beside them, marks the release as ready."""
    rows = bench.database.read_now(store.list_parts, plan.release.id)
    deleted = bench.database.read_now(told_in_manifest, plan)
    parts, counts = [PartName(row.position, row.token) for row in rows], loaded(row.counts for row in rows)
    if not counts["rows",]:
        raise Invalid(_nothing_fits(counts))
    manifest = _summed_up(bench.blobs, plan, carrier, parts, counts) | {"deleted": deleted}
    prefix = plan.release.blob_prefix
    with bench.blobs.write(f"{prefix}/manifest.json") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    sweep(bench.blobs, prefix, parts)
    write = partial(_publish, release_id=plan.release.id, manifest=manifest, counts=counts, now=bench.clock())
    return Step(next=None, write=write, done=seen)


def _summed_up(blobs: Blobs, plan: Plan, carrier: Carrier, parts: list[PartName], counts: Counts) -> dict[str, Any]:
    # Loads NumPy, which only a worker needs: the server knows this module, and starts without.
    from goldsmith.server.features.releases.agreement import collect, measure

    prefix = plan.release.blob_prefix
    content, provenance, comments = Digest(), Digest(), Digest()
    content.drain(read_text(blobs, prefix, "rows", parts))
    comments.drain(read_text(blobs, prefix, "comments", parts))
    stories = provenance.watch(read_text(blobs, prefix, "provenance", parts))
    ballots, given = collect(stories, plan.layout.questions, carrier)
    agreement = {one.question.name: measure(one) for one in ballots}
    digests = {"content": content, "provenance": provenance, "comments": comments}
    return manifest_of(plan, counts, **digests, given=given, agreement=agreement)


def _publish(tx: Connection, *, release_id: int, manifest: dict[str, Any], counts: Counts, now: Any) -> dict[str, Any]:
    left_out = sum(below(counts, "excluded").values()) + sum(below(counts, "skipped").values())
    store.update_release(
        tx, release_id, state=ReleaseState.READY, manifest=manifest, content_hash=manifest["content"]["sha256"],
        n_rows=counts["rows",], n_excluded=left_out, finished_at=now,
    )  # fmt: skip
    return {"release_id": release_id, "content_hash": manifest["content"]["sha256"]}


def _nothing_fits(counts: Counts) -> str:
    told = below(counts, "excluded") | below(counts, "skipped")
    why = ", ".join(f"{reason.replace('_', ' ')}: {count}" for reason, count in told.items()) or "it has no records"
    return f"No record of the project fits this release ({why}). Resolve records first, or ask for less."
