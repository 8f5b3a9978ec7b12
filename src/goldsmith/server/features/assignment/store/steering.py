"""Steered tasks: how they stand, how they stood, what is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update

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


def to_restore(tx: Connection, project_id: int, steering_id: int) -> Sequence[Any]:
    """How the tasks of a steering stood before it, but for those that another one has changed since."""
    later = (
        select(steered_tasks.c.task_id)
        .join(steerings, steerings.c.id == steered_tasks.c.steering_id)
        .where(steerings.c.project_id == project_id, steerings.c.id > steering_id, steerings.c.undone_at.is_(None))
    )
    return tx.execute(
        select(steered_tasks).where(steered_tasks.c.steering_id == steering_id, steered_tasks.c.task_id.not_in(later))
    ).all()


def waiting_by_lane(tx: Connection, project_id: int) -> dict[int, int]:
    """How many records want somebody, by what they ask for."""
    rows = tx.execute(
        select(tasks.c.needs_id, func.count().label("n"))
        .where(tasks.c.project_id == project_id, tasks.c.stage == str(Stage.ANNOTATE), tasks.c.done < tasks.c.target)
        .group_by(tasks.c.needs_id)
    )
    return {row.needs_id: row.n for row in rows}


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
