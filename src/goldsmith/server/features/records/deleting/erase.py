"""Erase the texts of deleted records, for good: some at a time, each portion a transaction of its own.

What is left is a row without content and without its name, so that whatever points at it still finds something, and
the hash of the name, by which releases that hold the record still are found. Files of the project that may hold a copy
go too: what was uploaded, the rows that imports refused, images that were fetched.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, Who, audit
from goldsmith.server.features.projects import Held, bump
from goldsmith.server.features.records.deleting import store
from goldsmith.server.features.records.deleting.delete import deletion_of
from goldsmith.server.features.records.deleting.hiding import DELETING
from goldsmith.server.features.records.domain import searched_text
from goldsmith.server.features.records.events import RecordsErased
from goldsmith.server.features.records.images import forget_images_of
from goldsmith.server.features.records.imports import KIND
from goldsmith.server.features.records.store import drop_empty_facets, forget_files
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Conflict
from goldsmith.server.foundation.events import events
from goldsmith.server.pipelines import ended_in, kept_rejects, payloads_of_unfinished, remove_rejects
from goldsmith.server.pipelines.bulk import close, is_moving

_AT_ONCE = 200


class Eraser:
    """Erases with a database and the files at hand."""

    def __init__(self, database: Database, blobs: Blobs, clock: Clock) -> None:
        self._database, self._blobs, self._clock = database, blobs, clock

    def erase_all(self, held: Sequence[Held]) -> list[Held]:
        """Erase what can be restored no longer; returns what was erased here, for others may be at it too."""
        return [one for one in held if one.project_id is not None and self.erase(one.project_id, one.id)]

    def erase(self, project_id: int, deletion_id: int) -> int:
        """Erase every record of a deletion; returns how many."""
        n_erased = 0
        while n := self._database.write_now(_erase_some, project_id, deletion_id, self._clock()):
            n_erased += n
        for upload_id, blob_key in self._database.read_now(_files, project_id, self._clock()):
            self._blobs.remove(blob_key)
            self._database.write_now(forget_files, [upload_id])
        self._database.write_now(_forget_copies, project_id, self._clock())
        for job_id in self._database.read_now(ended_in, project_id, kept_rejects(self._blobs)):
            remove_rejects(self._blobs, job_id)
        forget_images_of(self._blobs, project_id)
        return n_erased


async def begin_erasing(door: Door, deletion_id: int) -> None:
    """Let the deletion be due now; whoever asks must own the project."""
    await door.write(_let_be_due, deletion_id)


def _let_be_due(tx: Connection, who: Who, deletion_id: int) -> None:
    _close_unless_restored(tx, who.project, deletion_id)
    store.lock_deletion(tx, deletion_id)
    deletion = deletion_of(tx, who.project, deletion_id)
    if deletion.restored_at is not None:
        raise Conflict("These records were restored. Delete them again, then erase them.")
    if deletion.erased_at is None:
        store.update_deletion(tx, deletion_id, erase_after=who.now)
        audit(tx, who, action="record.erase", subject=f"deletion:{deletion_id}", records=deletion.n_records)


def _close_unless_restored(tx: Connection, project_id: int, deletion_id: int) -> None:
    """What is erased comes back no more, and no more follows; refused while records are being hidden or restored."""
    if deletion_of(tx, project_id, deletion_id).restored_at is None:
        close(tx, DELETING, deletion_id)


def _erase_some(tx: Connection, project_id: int, deletion_id: int, now: datetime) -> int:
    if is_moving(tx, DELETING, deletion_id) or deletion_of(tx, project_id, deletion_id).erase_after > now:
        return 0
    _close_unless_restored(tx, project_id, deletion_id)
    store.lock_deletion(tx, deletion_id)
    deletion = deletion_of(tx, project_id, deletion_id)
    if deletion.restored_at is not None or deletion.erased_at is not None or deletion.erase_after > now:
        return 0
    rows = store.hidden_by(tx, deletion_id, limit=_AT_ONCE)
    if not rows:
        store.update_deletion(tx, deletion_id, erased_at=now)
        return 0
    ids = [row.record_id for row in rows]
    hashes = {row.record_id: row.content_hash for row in rows}
    bodies = store.bodies_of(tx, ids)
    texts = [(row.id, _searched(row.external_id, hashes[row.id], row.fields)) for row in bodies]
    store.erase_searched(tx, project_id, texts)
    store.erase_texts(tx, ids)
    bump(tx, project_id, {"deletions": 1})
    events.publish(tx, RecordsErased(project_id, ids))
    return len(ids)


def _forget_copies(tx: Connection, project_id: int, now: datetime) -> None:
    """Samples of columns, and metadata values that no record has any more."""
    store.forget_samples(tx, project_id, now)
    drop_empty_facets(tx, project_id)


def _searched(external_id: str, content_hash: str, fields: dict[str, Any]) -> str:
    """The text under which full-text search knows the record; a name made of its content is no part of it."""
    return searched_text("" if external_id == f"h-{content_hash}" else external_id, fields)


def _files(tx: Connection, project_id: int, now: datetime) -> list[tuple[int, str]]:
    needed = {payload["upload_id"] for payload in payloads_of_unfinished(tx, KIND)}
    return [(row.id, row.blob_key) for row in store.files_before(tx, project_id, now) if row.id not in needed]
