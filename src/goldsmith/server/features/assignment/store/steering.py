"""Steered tasks: how they stand, how they stood, what is due."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, func, insert, select, update

from goldsmith.server.features.assignment.domain import Stage
from goldsmith.server.features.assignment.tables import steered_tasks, steerings, tasks
from goldsmith.server.foundation.portions import portions


def tasks_of(tx: Connection, project_id: int, record_ids: Sequence[int], stage: Stage) -> list[Any]:
    """The tasks of these records with how they stand, by record."""
    query = select(tasks).where(tasks.c.project_id == project_id, tasks.c.stage == str(stage))
    found = [
        row
        for ids in portions(record_ids)
        for row in tx.execute(query.where(tasks.c.record_id.in_(ids)).order_by(tasks.c.record_id))
    ]
    return [row for row in found if row.target >= 0]


def set_tasks(tx: Connection, task_ids: Sequence[int], *, rank: int, due_at: datetime | None, needs_id: int) -> None:
    for ids in portions(task_ids):
        tx.execute(update(tasks).where(tasks.c.id.in_(ids)).values(rank=rank, due_at=due_at, needs_id=needs_id))


def insert_steering(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(steerings).values(**values).returning(steerings.c.id)).scalar_one()


def remember(tx: Connection, steering_id: int, rows: Sequence[Any]) -> None:
    """Keep how these tasks stand."""
    names = ("rank", "due_at", "needs_id")
    kept = [{"steering_id": steering_id, "task_id": row.id, **{n: getattr(row, n) for n in names}} for row in rows]
    tx.execute(insert(steered_tasks), kept)


def find_steering(tx: Connection, project_id: int, steering_id: int) -> Any | None:
    return tx.execute(
        select(steerings).where(steerings.c.id == steering_id, steerings.c.project_id == project_id)
    ).first()


def list_steerings(tx: Connection, project_id: int, limit: int) -> Sequence[Any]:
    query = select(steerings).where(steerings.c.project_id == project_id)
    return tx.execute(query.order_by(steerings.c.id.desc()).limit(limit)).all()


def set_undone(tx: Connection, steering_id: int, at: datetime) -> None:
    tx.execute(update(steerings).where(steerings.c.id == steering_id).values(undone_at=at))


def lock_tasks(tx: Connection, task_ids: Sequence[int]) -> Sequence[Any]:
    """The tasks as they stand, held until the transaction ends."""
    return tx.execute(select(tasks).where(tasks.c.id.in_(task_ids)).order_by(tasks.c.id).with_for_update()).all()


def change_of(tx: Connection, steering_id: int) -> dict[str, Any]:
    return tx.execute(select(steerings.c.change).where(steerings.c.id == steering_id)).scalar_one()


def count_fewer(tx: Connection, steering_id: int, n: int) -> None:
    """So many of the tasks that were meant were left alone."""
    if n:
        tx.execute(
            update(steerings).where(steerings.c.id == steering_id).values(n_tasks=steerings.c.n_tasks - n)
        )  # fmt: skip


def steered_by(tx: Connection, steering_id: int) -> list[int]:
    """The tasks that a steering has changed."""
    query = select(steered_tasks.c.task_id).where(steered_tasks.c.steering_id == steering_id)
    return list(tx.execute(query.order_by(steered_tasks.c.task_id)).scalars())


def steered_later(tx: Connection, steering_id: int, task_ids: Sequence[int]) -> set[int]:
    """Those of these tasks that a later steering has changed, and that nobody has taken back."""
    query = (
        select(steered_tasks.c.task_id)
        .join(steerings, steerings.c.id == steered_tasks.c.steering_id)
        .where(steered_tasks.c.task_id.in_(task_ids), steered_tasks.c.steering_id > steering_id)
        .where(steerings.c.undone_at.is_(None))
    )
    return set(tx.execute(query).scalars())


def stood_before(tx: Connection, steering_id: int, task_ids: Sequence[int]) -> Sequence[Any]:
    """How those of these tasks stood that a steering has changed."""
    query = select(steered_tasks).where(steered_tasks.c.steering_id == steering_id)
    return tx.execute(query.where(steered_tasks.c.task_id.in_(task_ids))).all()


def forget_stood(tx: Connection, steering_id: int, task_ids: Sequence[int]) -> None:
    """These tasks stand as before the steering again."""
    of_it = (steered_tasks.c.steering_id == steering_id, steered_tasks.c.task_id.in_(task_ids))
    tx.execute(delete(steered_tasks).where(*of_it))


def waiting_by_lane(tx: Connection, project_id: int) -> dict[int, dict[int, int]]:
    """How many records want somebody, by what they ask for and by how many people have answered them."""
    rows = tx.execute(
        select(tasks.c.needs_id, tasks.c.done, func.count().label("n"))
        .where(tasks.c.project_id == project_id, tasks.c.stage == str(Stage.ANNOTATE), tasks.c.done < tasks.c.target)
        .group_by(tasks.c.needs_id, tasks.c.done)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        found[row.needs_id][row.done] = row.n
    return found


def due(tx: Connection, project_id: int) -> Sequence[Any]:
    """Records that want somebody and have a date, by that date."""
    return tx.execute(
        select(
            tasks.c.due_at, func.count().label("waiting"),
            func.sum(case((tasks.c.taken == 0, 1), else_=0)).label("untouched"),
        )
        .where(tasks.c.project_id == project_id, tasks.c.due_at.is_not(None))
        .where(tasks.c.stage == str(Stage.ANNOTATE), tasks.c.done < tasks.c.target)
        .group_by(tasks.c.due_at)
        .order_by(tasks.c.due_at)
    ).all()  # fmt: skip
