"""One's own finished work, newest first, and everybody's answers for those who may browse them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import PersonRef, Who, names_of
from goldsmith.server.features.annotation import store
from goldsmith.server.features.annotation.schemas import Annotation, HistoryEntry
from goldsmith.server.features.assignment import Assignment, Stage, finished_of
from goldsmith.server.features.records import excerpt_of, read_bodies
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def my_history(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[HistoryEntry]:
    """What the caller submitted, skipped or flagged."""
    before = decode_cursor(cursor, tuple[datetime, int])
    rows = finished_of(tx, who.project, who.person_id, Stage.ANNOTATE, before=before, limit=limit + 1)
    bodies = read_bodies(tx, [row.record_id for row in rows])
    answers = store.latest_of(tx, [row.task_id for row in rows], who.person_id)
    return page_of(
        rows,
        limit,
        key=lambda row: (_finished(row).isoformat(), row.task_id),
        item=lambda row: HistoryEntry(
            task_id=row.task_id,
            record_id=row.record_id,
            external_id=bodies[row.record_id].external_id,
            excerpt=excerpt_of(bodies[row.record_id].fields),
            state=row.state,
            finished_at=_finished(row),
            active_ms=answers[row.task_id].active_ms if row.task_id in answers else None,
            revision=answers[row.task_id].revision if row.task_id in answers else 0,
        ),
    )


def list_annotations(
    tx: Connection, who: Who, *, cursor: str | None, limit: int, record_id: int | None, person_id: int | None
) -> Page[Annotation]:
    """Every revision of every answer, in the order in which they came."""
    (after,) = decode_cursor(cursor, tuple[int]) or (0,)
    rows = store.list_annotations(
        tx, who.project, after=after, limit=limit + 1, record_id=record_id, person_id=person_id
    )
    names = names_of(tx, {row.person_id for row in rows})
    bodies = read_bodies(tx, list({row.record_id for row in rows}))
    return page_of(
        rows,
        limit,
        key=lambda row: (row.id,),
        item=lambda row: _wire(row, bodies[row.record_id].external_id, names.get(row.person_id, "")),
    )


def _wire(row: Row[Any], external_id: str, name: str) -> Annotation:
    return Annotation(
        id=row.id, record_id=row.record_id, external_id=external_id,
        annotator=PersonRef(id=row.person_id, name=name), kind=row.kind, answers=row.answers, notes=row.notes or {},
        revision=row.revision,
        is_latest=row.latest, counted=row.counted, active_ms=row.active_ms, swapped=row.swapped,
        submitted_at=row.submitted_at, schema_version=row.schema_version, guideline_version=row.guideline_version,
    )  # fmt: skip


def _finished(held: Assignment) -> datetime:
    assert held.finished_at is not None, "history lists finished work only"
    return held.finished_at
