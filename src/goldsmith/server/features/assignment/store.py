"""Every query of the queue."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from goldsmith.server.features.assignment.domain import CLAIMABLE_AGAIN, START, Assignment, Place, Stage, State
from goldsmith.server.features.assignment.tables import (
    PARTLY_COVERED,
    UNTOUCHED,
    assignments,
    queue_cursors,
    reservations,
    tasks,
)
from goldsmith.server.foundation.prepared import Prepared

Cover = Literal["partly", "untouched"]


def _scan(covered: str) -> Prepared:
    """The next tasks after a place in the queue, each with whether this person has had it."""
    mine = (
        select(assignments.c.task_id)
        .where(
            assignments.c.task_id == tasks.c.id,
            assignments.c.person_id == bindparam("person_id"),
            *(assignments.c.state != str(state) for state in CLAIMABLE_AGAIN),
        )
        .exists()
    )
    return Prepared(
        select(tasks.c.id, tasks.c.rank, tasks.c.record_id, mine.label("is_mine"))
        .where(
            tasks.c.project_id == bindparam("project_id"),
            tasks.c.stage == bindparam("stage"),
            text(covered),
            tuple_(tasks.c.rank, tasks.c.id) > tuple_(bindparam("rank"), bindparam("id")),
        )
        .order_by(tasks.c.rank, tasks.c.id)
        .limit(bindparam("window"))
    )


_SCANS: dict[Cover, Prepared] = {"partly": _scan(PARTLY_COVERED), "untouched": _scan(UNTOUCHED)}


def scan(
    tx: Connection, cover: Cover, *, project_id: int, person_id: int, stage: Stage, after: Place, window: int
) -> list[Any]:
    return _SCANS[cover].all(
        tx, project_id=project_id, person_id=person_id, stage=str(stage), rank=after.rank, id=after.id, window=window
    )


_RESERVED = Prepared(
    select(tasks.c.id, tasks.c.record_id)
    .join(reservations, reservations.c.task_id == tasks.c.id)
    .where(
        reservations.c.project_id == bindparam("project_id"),
        reservations.c.person_id == bindparam("person_id"),
        tasks.c.taken < tasks.c.target,
    )
    .order_by(reservations.c.task_id)
    .limit(bindparam("window"))
)


def reserved(tx: Connection, *, project_id: int, person_id: int, window: int) -> list[Any]:
    return _RESERVED.all(tx, project_id=project_id, person_id=person_id, window=window)


def lock_places(tx: Connection, task_ids: list[int], count: int) -> list[int]:
    """Of these tasks, up to `count` that still have a place, locked; those that others hold locked are passed over."""
    if tx.dialect.name == "sqlite":
        return task_ids[:count]
    return list(
        tx.execute(
            select(tasks.c.id)
            .where(tasks.c.id.in_(task_ids), tasks.c.taken < tasks.c.target)
            .order_by(tasks.c.rank, tasks.c.id)
            .limit(count)
            .with_for_update(skip_locked=True)
        ).scalars()
    )


_TAKE = Prepared(update(tasks).where(tasks.c.id == bindparam("task_id")).values(taken=tasks.c.taken + 1))


def take_places(tx: Connection, task_ids: list[int]) -> None:
    _TAKE.many(tx, [{"task_id": task_id} for task_id in task_ids])


def _put_assignments(dialect_insert: Any) -> Prepared:
    statement = dialect_insert(assignments)
    fresh = statement.excluded
    reopened = {"state": fresh.state, "lease_expires_at": fresh.lease_expires_at, "finished_at": None}
    return Prepared(
        statement.on_conflict_do_update(index_elements=["task_id", "person_id"], set_=reopened),
        columns=[column.name for column in assignments.c if column.name != "reason"],
    )


_PUT_ASSIGNMENTS = {"sqlite": _put_assignments(sqlite.insert), "postgresql": _put_assignments(postgresql.insert)}


def put_assignments(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert assignments; a person's own expired or released one is opened again, sides as before."""
    _PUT_ASSIGNMENTS[tx.dialect.name].many(tx, rows)


def drop_reservations(tx: Connection, person_id: int, task_ids: list[int]) -> None:
    tx.execute(delete(reservations).where(reservations.c.person_id == person_id, reservations.c.task_id.in_(task_ids)))


_CURSOR = Prepared(
    select(queue_cursors)
    .where(
        queue_cursors.c.project_id == bindparam("project_id"),
        queue_cursors.c.person_id == bindparam("person_id"),
        queue_cursors.c.stage == bindparam("stage"),
    )
    .with_for_update()
)


def lock_cursor(tx: Connection, project_id: int, person_id: int, stage: Stage) -> dict[Cover, Place]:
    """How far this person has looked, locked so that their own claims come one after another."""
    key = {"project_id": project_id, "person_id": person_id, "stage": str(stage)}
    row = _CURSOR.first(tx, **key)
    if row is None:
        dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
        start = {
            "partly_rank": START.rank, "partly_id": START.id,
            "untouched_rank": START.rank, "untouched_id": START.id,
        }  # fmt: skip
        tx.execute(dialect.insert(queue_cursors).values(**key, **start).on_conflict_do_nothing())
        row = _CURSOR.one(tx, **key)
    return {
        "partly": Place(row.partly_rank, row.partly_id),
        "untouched": Place(row.untouched_rank, row.untouched_id),
    }


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


_OPEN = Prepared(
    select(assignments)
    .where(
        assignments.c.project_id == bindparam("project_id"),
        assignments.c.person_id == bindparam("person_id"),
        assignments.c.stage == bindparam("stage"),
        text("state = 'open'"),
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


_TASK = Prepared(
    update(tasks)
    .where(tasks.c.id == bindparam("task_id"))
    .values(taken=tasks.c.taken + bindparam("d_taken"), done=tasks.c.done + bindparam("d_done"))
    .returning(tasks.c.id, tasks.c.target, tasks.c.taken, tasks.c.done)
)


def change_task(tx: Connection, task_id: int, *, taken: int = 0, done: int = 0) -> Any:
    """Change a task's counts and lock it until the transaction ends: (id, target, taken, done) afterwards."""
    return _TASK.one(tx, task_id=task_id, d_taken=taken, d_done=done)


def return_task(tx: Connection, task_id: int) -> None:
    """Give a place back, and let the task go ahead of its peers of the same priority."""
    tx.execute(
        update(tasks)
        .where(tasks.c.id == task_id)
        .values(taken=tasks.c.taken - 1, rank=case((tasks.c.rank % 10 == 0, tasks.c.rank - 1), else_=tasks.c.rank))
    )


_TASK_OF = Prepared(
    select(tasks).where(tasks.c.record_id == bindparam("record_id"), tasks.c.stage == bindparam("stage"))
)


def find_task(tx: Connection, record_id: int, stage: Stage) -> Any | None:
    return _TASK_OF.first(tx, record_id=record_id, stage=str(stage))


def record_of_task(tx: Connection, project_id: int, task_id: int, stage: Stage) -> int | None:
    return tx.execute(
        select(tasks.c.record_id).where(
            tasks.c.id == task_id, tasks.c.project_id == project_id, tasks.c.stage == str(stage)
        )
    ).scalar()


def has_place(tx: Connection, task_id: int) -> bool:
    """Whether the task still wants somebody."""
    row = tx.execute(select(tasks.c.taken, tasks.c.target).where(tasks.c.id == task_id)).one()
    return row.taken < row.target


def set_target(tx: Connection, task_id: int, target: int, *, ahead: bool = False) -> None:
    """Ask for this many people; `ahead` lets the task go one step before its peers."""
    values: dict[str, Any] = {"target": target}
    if ahead:
        values["rank"] = case((tasks.c.rank % 10 == 0, tasks.c.rank - 1), else_=tasks.c.rank)
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(**values))


_INSERT_TASKS = {
    name: f"INSERT INTO tasks (project_id, stage, rank, target, record_id) SELECT {values}"
    for name, values in {
        "sqlite": "?, ?, ?, ?, value FROM json_each(?)",
        "postgresql": "%s, %s, %s, %s, unnest(%s::bigint[])",
    }.items()
}


def insert_tasks(
    tx: Connection, project_id: int, record_ids: Sequence[int], *, stage: Stage, target: int, rank: int
) -> None:
    """Tasks for new records, in one statement however many they are."""
    ids = json.dumps(list(record_ids)) if tx.dialect.name == "sqlite" else list(record_ids)
    tx.exec_driver_sql(_INSERT_TASKS[tx.dialect.name], (project_id, str(stage), rank, target, ids))


def insert_task(tx: Connection, project_id: int, record_id: int, *, stage: Stage, target: int, rank: int) -> int:
    made = tx.execute(
        insert(tasks).values(project_id=project_id, record_id=record_id, stage=str(stage), target=target, rank=rank)
    )
    assert made.inserted_primary_key is not None
    return made.inserted_primary_key[0]


def retarget_untouched(tx: Connection, project_id: int, stage: Stage, target: int) -> int:
    """Ask for this many people on every task that nobody has taken yet."""
    return tx.execute(
        update(tasks)
        .where(tasks.c.project_id == project_id, tasks.c.stage == str(stage), tasks.c.taken == 0, tasks.c.target > 0)
        .values(target=target)
    ).rowcount


def prioritise(tx: Connection, record_ids: list[int], stage: Stage, rank: int) -> int:
    return tx.execute(
        update(tasks).where(tasks.c.record_id.in_(record_ids), tasks.c.stage == str(stage)).values(rank=rank)
    ).rowcount


def tasks_of_records(tx: Connection, project_id: int, record_ids: list[int], stage: Stage) -> dict[int, int]:
    """Task ids by record id."""
    rows = tx.execute(
        select(tasks.c.record_id, tasks.c.id).where(
            tasks.c.project_id == project_id, tasks.c.record_id.in_(record_ids), tasks.c.stage == str(stage)
        )
    )
    return {row.record_id: row.id for row in rows}


def insert_reservations(tx: Connection, rows: list[dict[str, Any]]) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    tx.execute(dialect.insert(reservations).on_conflict_do_nothing(), rows)


def fit_targets_to_reservations(tx: Connection, task_ids: list[int], *, exactly: bool) -> None:
    """Make room for everybody a task is reserved for; `exactly` also takes away room that nobody has reserved."""
    wanted = tasks.c.taken + (
        select(func.count()).select_from(reservations).where(reservations.c.task_id == tasks.c.id).scalar_subquery()
    )
    statement = update(tasks).where(tasks.c.id.in_(task_ids))
    if not exactly:
        statement = statement.where(tasks.c.target < wanted)
    tx.execute(statement.values(target=wanted))


def finished_of(
    tx: Connection, project_id: int, person_id: int, stage: Stage, *, before: tuple[datetime, int] | None, limit: int
) -> list[Assignment]:
    """What the person has finished, newest first."""
    query = select(assignments).where(
        assignments.c.project_id == project_id,
        assignments.c.person_id == person_id,
        assignments.c.stage == str(stage),
        assignments.c.finished_at.is_not(None),
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
        stage=Stage(row.stage), state=State(row.state), swapped=bool(row.swapped), reason=row.reason,
        claimed_at=row.claimed_at, lease_expires_at=row.lease_expires_at, finished_at=row.finished_at,
    )  # fmt: skip
