"""What deleting many does to a stretch of records: out of sight in one transaction, whole again in one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.deleting import store
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.events import RecordsDeleted, RecordsRestored
from goldsmith.server.features.records.facets import add_to_facets, take_from_facets
from goldsmith.server.features.records.store import begin_adding
from goldsmith.server.foundation.events import events
from goldsmith.server.pipelines.bulk import UNTOUCHED, BulkAction, Deed, Left, Stretch, Way


def _hide(tx: Connection, stretch: Stretch) -> Left:
    """Hide the records, but for those that another deletion has hidden meanwhile."""
    project_id, deletion_id = stretch.action.project_id, stretch.action.subject_id
    begin_adding(tx, project_id)
    rows = store.lock_records(tx, stretch.ids)
    n_left = len(stretch.ids) - len(rows)
    store.count_hidden(tx, deletion_id, at=stretch.now, fewer=n_left)
    if not rows:
        return {DELETED: n_left}
    ids = [row.id for row in rows]
    take_from_facets(tx, project_id, store.metadata_of(tx, ids))
    store.hide(tx, [_kept(row, deletion_id, project_id) for row in rows])
    _count(tx, project_id, rows, -1)
    events.publish(tx, RecordsDeleted(project_id, ids, stretch.now))
    return {DELETED: n_left}


def _show(tx: Connection, stretch: Stretch) -> Left:
    """Show again what this deletion hides."""
    project_id, deletion_id = stretch.action.project_id, stretch.action.subject_id
    begin_adding(tx, project_id)
    rows = store.hidden_by(tx, deletion_id, among=stretch.ids)
    n_erased = store.erased_among(tx, deletion_id, stretch.ids)
    if rows:
        ids = [row.record_id for row in rows]
        store.show(tx, rows)
        add_to_facets(tx, project_id, store.metadata_of(tx, ids))
        _count(tx, project_id, rows, +1)
        events.publish(tx, RecordsRestored(project_id, ids, stretch.now))
    return {"erased": n_erased, UNTOUCHED: len(stretch.ids) - len(rows) - n_erased}


def _ended(tx: Connection, action: BulkAction, now: datetime) -> None:
    if action.way is Way.BACK:
        store.update_deletion(tx, action.subject_id, restored_at=now)


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


DELETING = Deed("delete_records", "restore_records", "records", do=_hide, undo=_show, ended=_ended)
