"""Where a person is in the queue: what comes next in its order, and what is reserved for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, exists, select, text, tuple_, update

from goldsmith.server.features.assignment.domain import ANYBODY, START, Place, Stage
from goldsmith.server.features.assignment.store.lanes import lanes_of
from goldsmith.server.features.assignment.tables import (
    PARTLY_COVERED,
    UNTOUCHED,
    assignments,
    queue_cursors,
    reservations,
    tasks,
)
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.upsert import insert_into

Cover = Literal["partly", "untouched"]


def _scan(covered: str) -> Prepared:
    """The next tasks after a place in the queue, each with the state in which this person has had it, if they have."""
    mine = (
        select(assignments.c.state)
        .where(assignments.c.task_id == tasks.c.id, assignments.c.person_id == bindparam("person_id"))
        .scalar_subquery()
    )
    return Prepared(
        select(tasks.c.id, tasks.c.rank, tasks.c.record_id, tasks.c.due_at, mine.label("mine"))
        .where(
            tasks.c.project_id == bindparam("project_id"),
            tasks.c.stage == bindparam("stage"),
            tasks.c.needs_id == bindparam("lane"),
            text(covered),
            tuple_(tasks.c.rank, tasks.c.id) > tuple_(bindparam("rank"), bindparam("id")),
        )
        .order_by(tasks.c.rank, tasks.c.id)
        .limit(bindparam("window"))
    )


_SCANS: dict[Cover, Prepared] = {"partly": _scan(PARTLY_COVERED), "untouched": _scan(UNTOUCHED)}


def scan(
    tx: Connection, cover: Cover, *, project_id: int, person_id: int, stage: Stage, lanes: Sequence[int],
    after: Place, window: int,
) -> tuple[list[Any], bool]:  # fmt: skip
    """The next tasks of these lanes in the order of the queue, and whether they are the last ones."""
    found: list[Any] = []
    is_end = True
    for lane in lanes:
        rows = _SCANS[cover].all(
            tx, project_id=project_id, person_id=person_id, stage=str(stage), lane=lane, rank=after.rank, id=after.id,
            window=window,
        )  # fmt: skip
        found += rows
        is_end = is_end and len(rows) < window
    if len(lanes) > 1:
        found.sort(key=lambda row: (row.rank, row.id))
    return found[:window], is_end and len(found) <= window


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a person has looked, and what else their claim has to see to."""

    places: dict[Cover, Place]
    lanes: tuple[int, ...]
    has_overdue: bool
    has_reserved: bool


_CURSOR = Prepared(
    select(
        queue_cursors,
        exists()
        .where(
            assignments.c.project_id == bindparam("project_id"),
            assignments.c.lease_expires_at < bindparam("now"),
            text("assignments.state = 'open'"),
        )
        .label("has_overdue"),
        exists()
        .where(
            reservations.c.project_id == bindparam("project_id"),
            reservations.c.person_id == bindparam("person_id"),
        )
        .label("has_reserved"),
    )
    .where(
        queue_cursors.c.project_id == bindparam("project_id"),
        queue_cursors.c.person_id == bindparam("person_id"),
        queue_cursors.c.stage == bindparam("stage"),
    )
    .with_for_update(of=queue_cursors)
)


def lock_cursor(tx: Connection, project_id: int, person_id: int, stage: Stage, now: datetime) -> Cursor:
    """The person's cursor, locked so that their own claims come one after another."""
    key = {"project_id": project_id, "person_id": person_id, "stage": str(stage)}
    row = _CURSOR.first(tx, **key, now=now)
    if row is None:
        start = {
            "partly_rank": START.rank, "partly_id": START.id,
            "untouched_rank": START.rank, "untouched_id": START.id,
        }  # fmt: skip
        lanes = lanes_of(tx, project_id, person_id) if stage is Stage.ANNOTATE else None
        tx.execute(insert_into(tx, queue_cursors).values(**key, **start, lanes=lanes).on_conflict_do_nothing())
        row = _CURSOR.one(tx, **key, now=now)
    places: dict[Cover, Place] = {
        "partly": Place(row.partly_rank, row.partly_id),
        "untouched": Place(row.untouched_rank, row.untouched_id),
    }
    lanes = (ANYBODY, *map(int, row.lanes.split())) if row.lanes else (ANYBODY,)
    return Cursor(places, lanes, has_overdue=bool(row.has_overdue), has_reserved=bool(row.has_reserved))


_MOVE_CURSOR = Prepared(
    update(queue_cursors).where(
        queue_cursors.c.project_id == bindparam("of_project"),
        queue_cursors.c.person_id == bindparam("of_person"),
        queue_cursors.c.stage == bindparam("of_stage"),
    ),
    columns=["partly_rank", "partly_id", "untouched_rank", "untouched_id"],
)


def move_cursor(tx: Connection, project_id: int, person_id: int, stage: Stage, places: dict[Cover, Place]) -> None:
    partly, untouched = places["partly"], places["untouched"]
    _MOVE_CURSOR.run(
        tx, of_project=project_id, of_person=person_id, of_stage=str(stage), partly_rank=partly.rank,
        partly_id=partly.id, untouched_rank=untouched.rank, untouched_id=untouched.id,
    )  # fmt: skip


_RESERVED = Prepared(
    select(tasks.c.id, tasks.c.record_id, tasks.c.due_at)
    .join(reservations, reservations.c.task_id == tasks.c.id)
    .where(
        reservations.c.project_id == bindparam("project_id"),
        reservations.c.person_id == bindparam("person_id"),
        tasks.c.stage == bindparam("stage"),
        tasks.c.taken < tasks.c.target,
    )
    .order_by(reservations.c.task_id)
    .limit(bindparam("window"))
)


def reserved(tx: Connection, *, project_id: int, person_id: int, stage: Stage, window: int) -> list[Any]:
    return _RESERVED.all(tx, project_id=project_id, person_id=person_id, stage=str(stage), window=window)


def insert_reservations(tx: Connection, project_id: int, pairs: list[tuple[int, int]]) -> None:
    """Keep tasks for people, given as (task, person)."""
    rows = [{"project_id": project_id, "task_id": task_id, "person_id": person_id} for task_id, person_id in pairs]
    tx.execute(insert_into(tx, reservations).on_conflict_do_nothing(), rows)


def drop_reservations(tx: Connection, person_id: int, task_ids: list[int]) -> None:
    tx.execute(delete(reservations).where(reservations.c.person_id == person_id, reservations.c.task_id.in_(task_ids)))


def drop_reservation(tx: Connection, task_id: int, person_id: int) -> bool:
    """Keep a task for this person no more; whether it was."""
    mine = (reservations.c.task_id == task_id, reservations.c.person_id == person_id)
    return tx.execute(delete(reservations).where(*mine)).rowcount > 0


def forget_reservations(tx: Connection, task_id: int) -> None:
    tx.execute(delete(reservations).where(reservations.c.task_id == task_id))
