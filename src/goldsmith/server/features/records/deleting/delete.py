"""Delete records, and bring them back: out of sight in one transaction, whole again in one."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, audit, names_of
from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.deleting import store
from goldsmith.server.features.records.deleting.choose import choose
from goldsmith.server.features.records.deleting.schemas import (
    Deletion,
    DeletionPreview,
    NewDeletion,
    StateCount,
    WhichRecords,
)
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.events import RecordsDeleted, RecordsRestored
from goldsmith.server.features.records.facets import add_to_facets, take_from_facets
from goldsmith.server.features.records.store import begin_adding
from goldsmith.server.foundation.errors import Conflict, Gone, Invalid, NotFound
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of

_SAMPLE = 10


def preview_deletion(tx: Connection, who: Who, which: WhichRecords, *, keep: timedelta) -> DeletionPreview:
    """How many records a deletion would hide, and which they begin with."""
    ids = choose(tx, who, which)
    states, holdout = Counter[str](), 0
    for row in store.states_of(tx, ids):
        states[row.state] += row.n
        holdout += row.n * row.holdout
    return DeletionPreview(
        records=len(ids), states=[StateCount(state=state, records=n) for state, n in sorted(states.items())],
        holdout=holdout, sample=store.names_of_records(tx, ids[:_SAMPLE]), erase_after=who.now + keep,
    )  # fmt: skip


def delete_records(tx: Connection, who: Who, new: NewDeletion, *, keep: timedelta) -> Deletion:
    """Hide the records everywhere. They can be restored for as long as `keep` says."""
    begin_adding(tx, who.project)
    ids = choose(tx, who, new.which)
    if not ids:
        raise Invalid("No record fits; there is nothing to delete.")
    if new.expected is not None and new.expected != len(ids):
        raise Conflict(f"{len(ids):,} records fit by now, not {new.expected:,}. Look at the preview again.")
    deletion_id = store.insert_deletion(
        tx, project_id=who.project, reason=new.reason, n_records=len(ids), deleted_by=who.person_id,
        deleted_at=who.now, erase_after=who.now + keep,
    )  # fmt: skip
    rows = store.lock_records(tx, ids)
    take_from_facets(tx, who.project, store.metadata_of(tx, ids))
    store.hide(tx, [_kept(row, deletion_id, who.project) for row in rows])
    _count(tx, who.project, rows, -1)
    events.publish(tx, RecordsDeleted(who.project, ids, who.now))
    audit(tx, who, action="record.delete", subject=f"deletion:{deletion_id}", records=len(ids), reason=new.reason)
    return _told(tx, who, deletion_id)


def restore_records(tx: Connection, who: Who, deletion_id: int) -> Deletion:
    """Bring the records of a deletion back as they were."""
    store.lock_deletion(tx, deletion_id)
    deletion = deletion_of(tx, who.project, deletion_id)
    if deletion.restored_at is not None:
        raise Conflict("These records were restored already.")
    rows = store.hidden_by(tx, deletion_id)
    if len(rows) < deletion.n_records:
        raise Gone("The texts of these records are erased; they cannot come back. Import them again if you have them.")
    ids = [row.record_id for row in rows]
    store.show(tx, rows)
    add_to_facets(tx, who.project, store.metadata_of(tx, ids))
    _count(tx, who.project, rows, +1)
    store.update_deletion(tx, deletion_id, restored_at=who.now)
    events.publish(tx, RecordsRestored(who.project, ids, who.now))
    audit(tx, who, action="record.restore", subject=f"deletion:{deletion_id}", records=len(ids))
    return _told(tx, who, deletion_id)


def list_deletions(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[Deletion]:
    """What was deleted, newest first."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = store.list_deletions(tx, who.project, before=before, limit=limit + 1)
    names = names_of(tx, {row.deleted_by for row in rows})
    return page_of(rows, limit, key=lambda row: (row.id,), item=lambda row: _wire(row, names))


def read_deletion(tx: Connection, who: Who, deletion_id: int) -> Deletion:
    """One deletion."""
    return _told(tx, who, deletion_id)


def deletion_of(tx: Connection, project_id: int, deletion_id: int) -> Any:
    """A deletion of this project."""
    row = store.find_deletion(tx, project_id, deletion_id)
    if row is None:
        raise NotFound("There is no such deletion in this project.")
    return row


def _kept(row: Any, deletion_id: int, project_id: int) -> dict[str, Any]:
    return {
        "record_id": row.id, "deletion_id": deletion_id, "project_id": project_id, "state": row.state,
        "content_hash": row.content_hash, "external_id_hash": sha256(row.external_id.encode()).hexdigest(),
    }  # fmt: skip


def _count(tx: Connection, project_id: int, rows: Sequence[Any], sign: int) -> None:
    deltas = Counter({row.state: 0 for row in rows})
    deltas.update(row.state for row in rows)
    deltas.update(records=len(rows), holdout=sum(row.holdout for row in rows))
    counted = {name: sign * n for name, n in deltas.items()}
    bump(tx, project_id, counted | {DELETED: -sign * len(rows), "deletions": 1})


def _told(tx: Connection, who: Who, deletion_id: int) -> Deletion:
    row = deletion_of(tx, who.project, deletion_id)
    return _wire(row, names_of(tx, {row.deleted_by}))


def _wire(row: Any, names: dict[int, str]) -> Deletion:
    by = PersonRef(id=row.deleted_by, name=names.get(row.deleted_by, ""))
    return Deletion(
        id=row.id, reason=row.reason, records=row.n_records, deleted_by=by, deleted_at=row.deleted_at,
        erase_after=row.erase_after, restored_at=row.restored_at, erased_at=row.erased_at,
    )  # fmt: skip
