"""Assignments: who holds or has done which task."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    exists,
    or_,
    select,
    text,
    update,
)

from goldsmith.server.features.assignment.domain import CLAIMABLE_AGAIN, Assignment, Stage, State
from goldsmith.server.features.assignment.tables import assignments, tasks
from goldsmith.server.features.records import is_kept
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.stored import known
from goldsmith.server.foundation.upsert import Begin, insert_into, on_each_engine, replacing


def _put_assignments(begin: Begin) -> Prepared:
    made = begin(assignments)
    again = ("state", "swapped", "lease_expires_at", "guideline_version")
    reopened = {name: made.excluded[name] for name in again} | {"finished_at": None}
    return Prepared(
        made.on_conflict_do_update(index_elements=["task_id", "person_id"], set_=reopened),
        columns=[column.name for column in assignments.c if column.name != "reason"],
    )


_PUT_ASSIGNMENTS = on_each_engine(_put_assignments)


def put_assignments(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert assignments; a person's own expired or released one is opened again."""
    _PUT_ASSIGNMENTS[tx.dialect.name].many(tx, rows)


def take_over_assignments(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Write assignments as another tool knew them."""
    fresh = ["state", "claimed_at", "lease_expires_at", "finished_at"]
    tx.execute(replacing(insert_into(tx, assignments), ["task_id", "person_id"], fresh), rows)


def states_of(tx: Connection, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The state of those (task, person) pairs that there are."""
    task_ids, person_ids = {task_id for task_id, _ in pairs}, {person_id for _, person_id in pairs}
    rows = tx.execute(
        select(assignments.c.task_id, assignments.c.person_id, assignments.c.state).where(
            assignments.c.task_id.in_(task_ids), assignments.c.person_id.in_(person_ids)
        )
    )
    return {(row.task_id, row.person_id): row.state for row in rows}


_OPEN = Prepared(
    select(assignments, tasks.c.due_at)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .where(
        assignments.c.project_id == bindparam("project_id"),
        assignments.c.person_id == bindparam("person_id"),
        assignments.c.stage == bindparam("stage"),
        text("assignments.state = 'open'"),
    )
    .order_by(assignments.c.claimed_at, assignments.c.task_id)
    .limit(bindparam("limit"))
)


def open_of(tx: Connection, project_id: int, person_id: int, stage: Stage, limit: int) -> list[Assignment]:
    """What the person holds now, in the order of claiming."""
    rows = _OPEN.all(tx, project_id=project_id, person_id=person_id, stage=str(stage), limit=limit)
    return [_assignment(row) for row in rows]


_OVERDUE = Prepared(
    select(assignments.c.task_id, assignments.c.person_id)
    .where(
        assignments.c.project_id == bindparam("project_id"),
        assignments.c.lease_expires_at < bindparam("now"),
        text("state = 'open'"),
    )
    .order_by(assignments.c.lease_expires_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


def overdue(tx: Connection, project_id: int, now: datetime, limit: int) -> list[Any]:
    return _OVERDUE.all(tx, project_id=project_id, now=now, limit=limit)


_FIND = Prepared(
    select(assignments)
    .where(assignments.c.task_id == bindparam("task_id"), assignments.c.person_id == bindparam("person_id"))
    .with_for_update()
)


def find_assignment(tx: Connection, task_id: int, person_id: int) -> Assignment | None:
    row = _FIND.first(tx, task_id=task_id, person_id=person_id)
    return _assignment(row) if row else None


_FINISH = Prepared(
    update(assignments).where(
        assignments.c.task_id == bindparam("of_task"), assignments.c.person_id == bindparam("of_person")
    ),
    columns=["state", "finished_at"],
)


def finish(tx: Connection, held: Assignment, state: State, at: datetime) -> None:
    _FINISH.run(tx, of_task=held.task_id, of_person=held.person_id, state=str(state), finished_at=at)


def set_state(tx: Connection, held: Assignment, state: State, **values: Any) -> None:
    tx.execute(
        update(assignments)
        .where(assignments.c.task_id == held.task_id, assignments.c.person_id == held.person_id)
        .values(state=str(state), **values)
    )


def set_guideline_version(tx: Connection, task_ids: Sequence[int], person_id: int, version: int) -> None:
    """These items are shown to the person under this version from now on."""
    theirs = (assignments.c.task_id.in_(task_ids), assignments.c.person_id == person_id)
    tx.execute(update(assignments).where(*theirs).values(guideline_version=version))


def finished_of(
    tx: Connection, project_id: int, person_id: int, stage: Stage, *, before: tuple[datetime, int] | None, limit: int
) -> list[Assignment]:
    """What the person has finished, newest first."""
    query = select(assignments).where(
        assignments.c.project_id == project_id,
        assignments.c.person_id == person_id,
        assignments.c.stage == str(stage),
        assignments.c.finished_at.is_not(None),
        is_kept(assignments.c.record_id),
    )
    if before is not None:
        at, task_id = before
        query = query.where(
            or_(
                assignments.c.finished_at < at,
                and_(assignments.c.finished_at == at, assignments.c.task_id < task_id),
            )
        )
    newest_first = query.order_by(assignments.c.finished_at.desc(), assignments.c.task_id.desc())
    return [_assignment(row) for row in tx.execute(newest_first.limit(limit))]


def has_been_given(tx: Connection, record_ids: list[int], person_id: int, stage: Stage) -> set[int]:
    """The records among these that the person has answered in this stage."""
    return set(
        tx.execute(
            select(assignments.c.record_id).where(
                assignments.c.record_id.in_(record_ids),
                assignments.c.person_id == person_id,
                assignments.c.stage == str(stage),
                assignments.c.state == str(State.SUBMITTED),
            )
        ).scalars()
    )


def was_given(record_id: ColumnElement[int], person_id: int, stage: Stage) -> ColumnElement[bool]:
    """A condition on a query: the person has answered the record that this column names in this stage."""
    answered = (assignments.c.stage == str(stage), assignments.c.state == str(State.SUBMITTED))
    by_them = (assignments.c.record_id == record_id, assignments.c.person_id == person_id)
    return exists(select(assignments.c.task_id).where(*by_them, *answered))


def people_given(tx: Connection, project_id: int, record_id: int) -> list[int]:
    """Who was ever asked to annotate the record, the first one first."""
    asked = (assignments.c.record_id == record_id, assignments.c.stage == str(Stage.ANNOTATE))
    query = select(assignments.c.person_id).where(*asked, assignments.c.project_id == project_id)
    return list(tx.execute(query.order_by(assignments.c.claimed_at, assignments.c.person_id)).scalars())


def pairs_given(tx: Connection, task_ids: list[int], person_ids: list[int]) -> set[tuple[int, int]]:
    """Which of these tasks which of these people hold or have done, as (task, person)."""
    rows = tx.execute(
        select(assignments.c.task_id, assignments.c.person_id).where(
            assignments.c.task_id.in_(task_ids),
            assignments.c.person_id.in_(person_ids),
            assignments.c.state.not_in([str(state) for state in CLAIMABLE_AGAIN]),
        )
    )
    return {(row.task_id, row.person_id) for row in rows}


def passed_over(tx: Connection, project_id: int, first: int, last: int) -> list[Assignment]:
    """Who has the records from `first` to `last` without having answered, or has skipped them."""
    rows = tx.execute(
        select(assignments)
        .where(assignments.c.record_id.between(first, last), assignments.c.project_id + 0 == project_id)
        .where(assignments.c.stage == str(Stage.ANNOTATE))
        .where(assignments.c.state.in_([str(State.SKIPPED), str(State.OPEN), str(State.EXPIRED), str(State.RELEASED)]))
        .order_by(assignments.c.record_id, assignments.c.person_id)
    )
    return [_assignment(row) for row in rows]


def flags_on(tx: Connection, record_id: int) -> list[Assignment]:
    """Who flagged the record, and why."""
    rows = tx.execute(
        select(assignments)
        .where(assignments.c.record_id == record_id, assignments.c.state == str(State.FLAGGED))
        .order_by(assignments.c.finished_at)
    )
    return [_assignment(row) for row in rows]


def _assignment(row: Any) -> Assignment:
    return Assignment(
        task_id=row.task_id, person_id=row.person_id, project_id=row.project_id, record_id=row.record_id,
        stage=known(Stage, row.stage), state=known(State, row.state), swapped=bool(row.swapped), reason=row.reason,
        claimed_at=row.claimed_at, lease_expires_at=row.lease_expires_at, finished_at=row.finished_at,
        due_at=getattr(row, "due_at", None), guideline_version=row.guideline_version,
    )  # fmt: skip
