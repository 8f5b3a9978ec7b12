"""What steering does to a stretch of tasks, and how each comes to stand as before.

A task is left alone where somebody has steered it later, or changed it by other means since: their word is the newer.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from goldsmith.server.features.assignment.domain import priority_of, rank_of
from goldsmith.server.features.assignment.schemas import Change
from goldsmith.server.features.assignment.store import lanes, steering
from goldsmith.server.foundation.stored import read_whole
from goldsmith.server.pipelines.bulk import UNTOUCHED, BulkAction, Deed, Left, Stretch, Way


class _Standing(NamedTuple):
    """How a task stands in the queue."""

    rank: int
    due_at: datetime | None
    needs_id: int


def _steer(tx: Connection, stretch: Stretch) -> Left:
    steering_id = stretch.action.subject_id
    becomes = _becoming(tx, stretch)
    later = steering.steered_later(tx, steering_id, stretch.ids)
    rows, left = [], Counter[str]()
    for row in steering.lock_tasks(tx, stretch.ids):
        why = "deleted" if row.target < 0 else "done" if row.done >= row.target else None
        why = why or ("changed_since" if row.id in later else None)
        left.update([why] if why else [])
        rows += [] if why else [row]
    if rows:
        steering.remember(tx, steering_id, rows)
        _set(tx, {row.id: becomes(row.id, _standing(row)) for row in rows})
    steering.count_fewer(tx, steering_id, left.total())
    return left


def _restore(tx: Connection, stretch: Stretch) -> Left:
    steering_id = stretch.action.subject_id
    becomes = _becoming(tx, stretch)
    later = steering.steered_later(tx, steering_id, stretch.ids)
    stood = {row.task_id: _standing(row) for row in steering.stood_before(tx, steering_id, stretch.ids)}
    stands = {row.id: _standing(row) for row in steering.lock_tasks(tx, list(stood))}
    back = {
        task_id: before
        for task_id, before in stood.items()
        if task_id not in later and _is_same(stands[task_id], becomes(task_id, before))
    }
    _set(tx, back)
    steering.forget_stood(tx, steering_id, list(back))
    return {"changed_since": len(stood) - len(back), UNTOUCHED: len(stretch.ids) - len(stood)}


def _ended(tx: Connection, action: BulkAction, now: datetime) -> None:
    lanes.renew_lanes(tx, action.project_id)
    if action.way is Way.BACK:
        steering.set_undone(tx, action.subject_id, now)


def _becoming(tx: Connection, stretch: Stretch) -> Any:
    """How a task of the stretch is to stand, from how it stood; people get the records in turn."""
    told = steering.change_of(tx, stretch.action.subject_id)
    change, into = read_whole(Change, told["change"]), told.get("lanes")
    place = {task_id: stretch.first + at for at, task_id in enumerate(stretch.ids)}

    def becomes(task_id: int, stood: _Standing) -> _Standing:
        due_at = None if change.no_due_date else change.due_at or stood.due_at
        priority = priority_of(stood.rank) if change.priority is None else change.priority
        needs_id = into[place[task_id] % len(into)] if into else stood.needs_id
        return _Standing(rank_of(priority, due_at), due_at, needs_id)

    return becomes


def _is_same(one: _Standing, other: _Standing) -> bool:
    """The same but for the steps that the queue itself takes ahead of its peers, or behind."""
    return (priority_of(one.rank), one.due_at, one.needs_id) == (priority_of(other.rank), other.due_at, other.needs_id)


def _standing(row: Any) -> _Standing:
    return _Standing(row.rank, row.due_at, row.needs_id)


def _set(tx: Connection, standings: Mapping[int, _Standing]) -> None:
    grouped: dict[_Standing, list[int]] = defaultdict(list)
    for task_id, standing in standings.items():
        grouped[standing].append(task_id)
    for (rank, due_at, needs_id), task_ids in grouped.items():
        steering.set_tasks(tx, task_ids, rank=rank, due_at=due_at, needs_id=needs_id)


STEERING = Deed(
    "steer_queue", "undo_steering", "records", do=_steer, undo=_restore, ended=_ended, forget=steering.forget_stood
)
