"""Which rows of a release speak of records that were deleted since: looked up in the frozen files themselves.

A deleted record may have no name any more, only the hash of the one it had. The part that its row is in follows from
its id, so only those parts are read.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.annotation import withdrawn_between
from goldsmith.server.features.records import Gone, deleted_since, gone_from
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.frozen import PartName, read_text
from goldsmith.server.features.releases.plan import Plan
from goldsmith.server.features.releases.schemas import DeletedRow, DeletedRows
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import NotFound

SHOWN = 1_000


class _Named(msgspec.Struct, gc=False):
    id: str


_decode_names = msgspec.json.Decoder(_Named).decode_lines


@dataclass(frozen=True, slots=True)
class Suspects:
    """The records that may be in a release and were deleted after it was asked for, and where its rows lie."""

    prefix: str
    parts: Sequence[PartName]
    gone: Sequence[Gone]


def find_suspects(tx: Connection, who: Who, release_id: int) -> Suspects:
    """What has to be looked up; empty for a release without rows."""
    row = store.find_release(tx, who.project, release_id)
    if row is None:
        raise NotFound("There is no such release in this project.")
    if row.state != ReleaseState.READY or row.files_removed_at is not None:
        return Suspects(row.blob_prefix, [], [])
    parts = [PartName(part.position, part.token) for part in store.list_parts(tx, row.id)]
    gone = gone_from(tx, who.project, upto=row.plan["upto"], made_at=row.created_at)
    return Suspects(row.blob_prefix, parts, gone)


def look_up(blobs: Blobs, suspects: Suspects) -> DeletedRows:
    """The rows, in their order; the first of them by name."""
    found = list(_rows(blobs, suspects))
    return DeletedRows(rows=len(found), items=found[:SHOWN])


def told_in_manifest(tx: Connection, plan: Plan) -> dict[str, Any]:
    """How many records were deleted, and answers withdrawn with their people, since the release before."""
    before = store.release_before(tx, plan.release.project_id, plan.release.number)
    since = before.created_at if before is not None else None
    return {
        "records": deleted_since(tx, plan.release.project_id, since, plan.release.created_at),
        "withdrawn_answers": withdrawn_between(tx, plan.release.project_id, since, plan.release.created_at),
        "since_release": before.number if before is not None else None,
    }


def _rows(blobs: Blobs, suspects: Suspects) -> Iterator[DeletedRow]:
    positions = [part.position for part in suspects.parts]
    wanted: dict[int, dict[str, Gone]] = {}
    for one in suspects.gone:
        at = bisect_right(positions, one.record_id - 1) - 1
        if at >= 0:
            wanted.setdefault(at, {})[one.name_hash] = one
    for at, by_hash in sorted(wanted.items()):
        for block in read_text(blobs, suspects.prefix, "rows", [suspects.parts[at]]):
            for row in _decode_names(block):
                if gone := by_hash.get(sha256(row.id.encode()).hexdigest()):
                    yield DeletedRow(id=row.id, deleted_at=gone.deleted_at, erased=gone.erased)
