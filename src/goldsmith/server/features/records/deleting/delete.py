"""Delete records, and bring them back: said first, begun in one transaction, done by a bulk action (see `hiding`)."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, PersonRef, Who, audit, names_of
from goldsmith.server.features.projects import Limits, undo_days
from goldsmith.server.features.records.deleting import store
from goldsmith.server.features.records.deleting.choose import choose
from goldsmith.server.features.records.deleting.hiding import DELETING
from goldsmith.server.features.records.deleting.schemas import (
    Deletion,
    DeletionPreview,
    NewDeletion,
    QuotingEdgeCase,
    StateCount,
    WhichRecords,
)
from goldsmith.server.features.records.inquiries import QuotedInGuideline
from goldsmith.server.foundation.errors import Conflict, Gone, Invalid, NotFound
from goldsmith.server.foundation.inquiries import inquiries
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.pipelines.bulk import Asker, Course, Ids, begin, courses_of, turn_back

_SAMPLE = 10


def preview_deletion(tx: Connection, who: Who, which: WhichRecords, *, limits: Limits) -> DeletionPreview:
    """How many records a deletion would hide, and which they begin with."""
    ids = choose(tx, who, which)
    states, holdout = Counter[str](), 0
    for row in store.states_of(tx, ids):
        states[row.state] += row.n
        holdout += row.n * row.holdout
    return DeletionPreview(
        records=len(ids), states=[StateCount(state=state, records=n) for state, n in sorted(states.items())],
        holdout=holdout, sample=store.names_of_records(tx, list(ids[:_SAMPLE])),
        erase_after=who.now + undo_days(tx, who.project, limits), edge_cases=_quoting(tx, who.project, ids),
    )  # fmt: skip


def _quoting(tx: Connection, project_id: int, ids: Ids) -> list[QuotingEdgeCase]:
    answers = inquiries.ask(tx, QuotedInGuideline(project_id, ids))
    quotations = [one for answer in answers for one in answer]
    names = store.names_by_id(tx, [one.record_id for one in quotations])
    return [QuotingEdgeCase(anchor=one.anchor, title=one.title, external_id=names[one.record_id]) for one in quotations]


async def delete_records(door: Door, new: NewDeletion, *, limits: Limits) -> Deletion:
    """Hide the records everywhere. They can be restored for as long as the project keeps them.

    They are chosen outside the transaction that writes: looking for a million must not keep annotators waiting.
    """
    ids = await door.read(choose, new.which)
    return await door.write(_delete, new, ids, limits=limits)


def _delete(tx: Connection, who: Who, new: NewDeletion, ids: Ids, *, limits: Limits) -> Deletion:
    if not ids:
        raise Invalid("No record fits; there is nothing to delete.")
    if new.expected is not None and new.expected != len(ids):
        raise Conflict(f"{len(ids):,} records fit by now, not {new.expected:,}. Look at the preview again.")
    erase_after = who.now + undo_days(tx, who.project, limits)
    deletion_id = store.insert_deletion(
        tx, project_id=who.project, reason=new.reason, n_records=len(ids), deleted_by=who.person_id,
        deleted_at=who.now, erase_after=erase_after,
    )  # fmt: skip
    begin(tx, DELETING, deletion_id, ids, _asker(who, erase_after))
    audit(tx, who, action="record.delete", subject=f"deletion:{deletion_id}", records=len(ids), reason=new.reason)
    return read_deletion(tx, who, deletion_id)


def restore_records(tx: Connection, who: Who, deletion_id: int) -> Deletion:
    """Bring the records of a deletion back as they were; one that is still under way stops and goes back."""
    deletion = deletion_of(tx, who.project, deletion_id)
    if deletion.restored_at is not None:
        raise Conflict("These records were restored already.")
    if store.has_erased(tx, deletion_id):
        raise Gone("The texts of these records are erased; they cannot come back. Import them again if you have them.")
    known = courses_of(tx, DELETING, [deletion_id])
    before = [] if known else store.hidden_ids(tx, deletion_id)
    turn_back(tx, DELETING, deletion_id, _asker(who), done_before=before)
    audit(tx, who, action="record.restore", subject=f"deletion:{deletion_id}", records=deletion.n_records)
    return read_deletion(tx, who, deletion_id)


def list_deletions(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[Deletion]:
    """What was deleted, newest first."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = store.list_deletions(tx, who.project, before=before, limit=limit + 1)
    names = names_of(tx, {row.deleted_by for row in rows})
    courses = courses_of(tx, DELETING, [row.id for row in rows])
    return page_of(
        rows, limit, key=lambda row: (row.id,), item=lambda row: _wire(row, names, courses.get(row.id))
    )  # fmt: skip


def read_deletion(tx: Connection, who: Who, deletion_id: int) -> Deletion:
    """One deletion."""
    row = deletion_of(tx, who.project, deletion_id)
    return _wire(row, names_of(tx, {row.deleted_by}), courses_of(tx, DELETING, [deletion_id]).get(deletion_id))


def deletion_of(tx: Connection, project_id: int, deletion_id: int) -> Any:
    """A deletion of this project."""
    row = store.find_deletion(tx, project_id, deletion_id)
    if row is None:
        raise NotFound("There is no such deletion in this project.")
    return row


def _asker(who: Who, undo_until: datetime | None = None) -> Asker:
    return Asker(who.workspace_id, who.project, who.person_id, who.now, undo_until)


def _wire(row: Any, names: dict[int, str], course: Course | None) -> Deletion:
    by = PersonRef(id=row.deleted_by, name=names.get(row.deleted_by, ""))
    return Deletion(
        id=row.id, reason=row.reason, records=row.n_records, deleted_by=by, deleted_at=row.deleted_at,
        erase_after=row.erase_after, restored_at=row.restored_at, erased_at=row.erased_at, course=course,
    )  # fmt: skip
