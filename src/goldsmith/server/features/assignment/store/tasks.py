"""Tasks: how many people each wants, and how many have it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from goldsmith.server.features.assignment.domain import ANYBODY, Stage
from goldsmith.server.features.assignment.tables import (
    reservations,
    tasks,
)
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.prepared import Prepared

_TAKE = Prepared(update(tasks).where(tasks.c.id == bindparam("task_id")).values(taken=tasks.c.taken + 1))


def _take_of(*, pass_over_locked: bool) -> Prepared:
    """PostgreSQL's way: find, lock and take in one statement."""
    free = (
        select(tasks.c.id)
        .where(tasks.c.id == func.any(bindparam("task_ids", type_=postgresql.ARRAY(BigInteger))))
        .where(tasks.c.taken < tasks.c.target)
        .order_by(tasks.c.rank, tasks.c.id)
        .limit(bindparam("count"))
        .with_for_update(skip_locked=pass_over_locked)
        .cte("free")
    )
    return Prepared(update(tasks).where(tasks.c.id == free.c.id).values(taken=tasks.c.taken + 1).returning(tasks.c.id))


_TAKE_ANY, _TAKE_THESE = _take_of(pass_over_locked=True), _take_of(pass_over_locked=False)


def take_places(tx: Connection, task_ids: list[int], count: int, *, pass_over_locked: bool = True) -> list[int]:
    """Take a place on up to `count` of these tasks, as far as they have one: the ids of those taken, in their order.

    Where any task will do, those that others hold locked are passed over; where it must be these, they are waited
    for. SQLite has one writer, so what the caller has just read still has its place.
    """
    if tx.dialect.name == "sqlite":
        taken = task_ids[:count]
        _TAKE.many(tx, [{"task_id": task_id} for task_id in taken])
        return taken
    statement = _TAKE_ANY if pass_over_locked else _TAKE_THESE
    got = {row.id for row in statement.all(tx, task_ids=task_ids, count=count)}
    return [task_id for task_id in task_ids if task_id in got]


_TASK = Prepared(
    update(tasks)
    .where(tasks.c.id == bindparam("task_id"))
    .values(taken=tasks.c.taken + bindparam("d_taken"), done=tasks.c.done + bindparam("d_done"))
    .returning(tasks.c.id, tasks.c.target, tasks.c.taken, tasks.c.done)
)


def change_task(tx: Connection, task_id: int, *, taken: int = 0, done: int = 0) -> Any:
    """Change a task's counts and lock it until the transaction ends: (id, target, taken, done) afterwards."""
    return _TASK.one(tx, task_id=task_id, d_taken=taken, d_done=done)


_COUNT_OVER = Prepared(
    update(tasks)
    .where(tasks.c.id == bindparam("task_id"))
    .values(
        taken=tasks.c.taken + bindparam("more"),
        done=tasks.c.done + bindparam("more"),
        target=case(
            (tasks.c.taken + bindparam("more") > tasks.c.target, tasks.c.taken + bindparam("more")),
            else_=tasks.c.target,
        ),
    )
)


def count_over(tx: Connection, more: Mapping[int, int]) -> None:
    """Count answers that came from elsewhere, so many more on each task, and make room for them."""
    _COUNT_OVER.many(tx, [{"task_id": task_id, "more": n} for task_id, n in sorted(more.items())])


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


def find_tasks(tx: Connection, record_ids: Sequence[int], stage: Stage) -> dict[int, Any]:
    """The tasks that there are on these records, by record."""
    rows = tx.execute(select(tasks).where(tasks.c.record_id.in_(record_ids), tasks.c.stage == str(stage)))
    return {row.record_id: row for row in rows}


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


def set_target(tx: Connection, task_id: int, target: int) -> None:
    """Ask for this many people."""
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(target=target))


def raise_targets(tx: Connection, task_ids: Sequence[int]) -> None:
    """Ask for one more person on each of these tasks, which go one step before their peers."""
    ahead = case((tasks.c.rank % 10 == 0, tasks.c.rank - 1), else_=tasks.c.rank)
    statement = update(tasks).values(target=tasks.c.target + 1, rank=ahead)
    for ids in portions(task_ids):
        tx.execute(statement.where(tasks.c.id.in_(ids), tasks.c.target >= 0))


def put_behind(tx: Connection, task_id: int) -> None:
    """Let a task come after its peers of the same priority."""
    tx.execute(update(tasks).where(tasks.c.id == task_id, tasks.c.rank % 10 == 0).values(rank=tasks.c.rank + 5))


_INSERT_TASKS = {
    name: f"INSERT INTO tasks (project_id, stage, rank, target, needs_id, record_id) SELECT {values}"
    for name, values in {
        "sqlite": "?, ?, ?, ?, ?, value FROM json_each(?)",
        "postgresql": "%s, %s, %s, %s, %s, unnest(%s::bigint[])",
    }.items()
}


def insert_tasks(
    tx: Connection, project_id: int, record_ids: Sequence[int], *, stage: Stage, target: int, rank: int,
    needs_id: int = ANYBODY,
) -> None:  # fmt: skip
    """Tasks for new records, in one statement however many they are."""
    ids = json.dumps(list(record_ids)) if tx.dialect.name == "sqlite" else list(record_ids)
    tx.exec_driver_sql(_INSERT_TASKS[tx.dialect.name], (project_id, str(stage), rank, target, needs_id, ids))


def retarget_untouched(tx: Connection, project_id: int, stage: Stage, target: int) -> int:
    """Ask for this many people on every task that nobody has taken yet."""
    return tx.execute(
        update(tasks)
        .where(tasks.c.project_id == project_id, tasks.c.stage == str(stage), tasks.c.taken == 0, tasks.c.target > 0)
        .values(target=target)
    ).rowcount


def set_ranks(tx: Connection, task_ids: Sequence[int], rank: int) -> None:
    for ids in portions(task_ids):
        tx.execute(update(tasks).where(tasks.c.id.in_(ids)).values(rank=rank))


def tasks_of_records(tx: Connection, project_id: int, record_ids: Sequence[int], stage: Stage) -> dict[int, int]:
    """Task ids by record id."""
    found = select(tasks.c.record_id, tasks.c.id).where(tasks.c.project_id == project_id, tasks.c.stage == str(stage))
    rows = (row for ids in portions(record_ids) for row in tx.execute(found.where(tasks.c.record_id.in_(ids))))
    return {row.record_id: row.id for row in rows}


def fit_targets_to_reservations(tx: Connection, task_ids: list[int], *, exactly: bool) -> None:
    """Make room for everybody a task is reserved for; `exactly` also takes away room that nobody has reserved."""
    wanted = tasks.c.taken + (
        select(func.count()).select_from(reservations).where(reservations.c.task_id == tasks.c.id).scalar_subquery()
    )
    statement = update(tasks).where(tasks.c.id.in_(task_ids))
    if not exactly:
        statement = statement.where(tasks.c.target < wanted)
    tx.execute(statement.values(target=wanted))


def untaken(tx: Connection, task_ids: Sequence[int], *, hold: bool = False) -> set[int]:
    """Those of these tasks that nobody holds or has done; `hold` lets nobody take them until the transaction ends."""
    found = select(tasks.c.id).where(tasks.c.taken == 0).order_by(tasks.c.id)
    found = found.with_for_update() if hold else found
    return {one for ids in portions(task_ids) for one in tx.execute(found.where(tasks.c.id.in_(ids))).scalars()}


def hold_tasks_of(tx: Connection, record_ids: Sequence[int]) -> None:
    """Let nobody take or finish a task of these records until the transaction ends."""
    held = select(tasks.c.id).order_by(tasks.c.id).with_for_update()
    for ids in portions(record_ids):
        tx.execute(held.where(tasks.c.record_id.in_(ids))).all()


def is_untaken(task_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition on a query: nobody holds or has done the task that this column names."""
    return select(tasks.c.taken == 0).where(tasks.c.id == task_id).scalar_subquery()


def set_targets_to_taken(tx: Connection, task_ids: Sequence[int], *, room: int) -> None:
    """Ask for `room` people more than have each of these tasks: 0 closes them."""
    statement = update(tasks).values(target=tasks.c.taken + room)
    for ids in portions(task_ids):
        tx.execute(statement.where(tasks.c.id.in_(ids), tasks.c.target >= 0))
