"""Queries about the tasks of deleted records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from goldsmith.server.features.assignment.domain import State
from goldsmith.server.features.assignment.tables import assignments, tasks
from goldsmith.server.foundation.portions import portions


def let_go(tx: Connection, record_ids: Sequence[int]) -> None:
    """Give back what people hold of these records."""
    for ids in portions(record_ids):
        held = select(func.count()).where(assignments.c.task_id == tasks.c.id, assignments.c.state == State.OPEN)
        of_these = (tasks.c.record_id.in_(ids), tasks.c.taken > 0)
        tx.execute(update(tasks).where(*of_these).values(taken=tasks.c.taken - held.scalar_subquery()))
        is_open = (assignments.c.record_id.in_(ids), assignments.c.state == State.OPEN)
        tx.execute(update(assignments).where(*is_open).values(state=State.RELEASED))


def turn_targets(tx: Connection, record_ids: Sequence[int], *, hidden: bool) -> None:
    """Turn the targets that are hidden, or those that are not, into the others."""
    for ids in portions(record_ids):
        side = tasks.c.target < 0 if hidden else tasks.c.target >= 0
        tx.execute(update(tasks).where(tasks.c.record_id.in_(ids), side).values(target=-1 - tasks.c.target))


def erase_reasons(tx: Connection, record_ids: Sequence[int]) -> None:
    for ids in portions(record_ids):
        tx.execute(update(assignments).where(assignments.c.record_id.in_(ids)).values(reason=None))


def every_task_of(tx: Connection, record_ids: Sequence[int]) -> list[int]:
    """The tasks of every stage of these records."""
    found = (select(tasks.c.id).where(tasks.c.record_id.in_(ids)) for ids in portions(record_ids))
    return [task_id for query in found for task_id in tx.execute(query).scalars()]


def tasks_in(project_id: int) -> Select[Any]:
    """The tasks of a project, for others' queries."""
    return select(tasks.c.id).where(tasks.c.project_id == project_id)
