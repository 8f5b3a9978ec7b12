"""Steer the queue: let the records that fit a filter come sooner, be due by a day, or wait for certain people.

A preview says first what would change. Every steering keeps how each task stood, so that it can be taken back; what was
steered again since stays as it is.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import cycle
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import PersonRef, Who, audit, names_of
from goldsmith.server.features.assignment.domain import ANYBODY, Stage, priority_of, rank_of
from goldsmith.server.features.assignment.schemas import Change, Selection, Steer, Steering, SteerPreview
from goldsmith.server.features.assignment.skills import names_in, people_for
from goldsmith.server.features.assignment.store import lanes, steering
from goldsmith.server.features.records import excerpt_of, matching_ids, read_bodies
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound
from goldsmith.server.foundation.stored import read_stored

MOST = 20_000
"""Records that one deed steers: on SQLite annotators wait meanwhile."""
SHOWN = 5


def preview_steering(tx: Connection, who: Who, asked: Steer) -> SteerPreview:
    """What the change would touch; nothing is changed."""
    record_ids, has_more = _find(tx, who, asked.selection)
    rows = steering.tasks_of(tx, who.project, record_ids, Stage.ANNOTATE)
    open_rows = [row for row in rows if row.done < row.target]
    bodies = read_bodies(tx, [row.record_id for row in open_rows[:SHOWN]])
    return SteerPreview(
        records=len(record_ids), has_more=has_more, waiting=len(open_rows), done=len(rows) - len(open_rows),
        dated=sum(row.due_at is not None for row in open_rows),
        prioritised=sum(priority_of(row.rank) != 0 for row in open_rows),
        asking=sum(row.needs_id != ANYBODY for row in open_rows),
        people=[PersonRef(id=key, name=name) for key, name in people_for(tx, who, asked.change).items()],
        examples=[f"{body.external_id}: {excerpt_of(body.fields)}" for body in bodies.values()],
    )  # fmt: skip


def steer(tx: Connection, who: Who, asked: Steer) -> Steering:
    """Change every task that still wants somebody, among the records that fit."""
    if asked.change == Change():
        raise Invalid("With this nothing would change. Give a priority, a due date, skills or people.")
    record_ids, has_more = _find(tx, who, asked.selection)
    if has_more:
        raise Invalid(f"More than {MOST:,} records fit. Narrow the filter, and steer them in several steps.")
    rows = [row for row in steering.tasks_of(tx, who.project, record_ids, Stage.ANNOTATE) if row.done < row.target]
    if not rows:
        raise Conflict("No record that fits still wants somebody. Choose others.")
    told = asked.model_dump(mode="json")
    steering_id = steering.insert_steering(
        tx, project_id=who.project, person_id=who.person_id, change=told, n_tasks=len(rows), made_at=who.now
    )
    steering.remember(tx, steering_id, rows)
    for (rank, due_at, needs_id), task_ids in _grouped(rows, asked.change, _lanes(tx, who, asked.change)).items():
        steering.set_tasks(tx, task_ids, rank=rank, due_at=due_at, needs_id=needs_id)
    if asked.change.skills is not None or asked.change.people is not None:
        lanes.renew_lanes(tx, who.project)
    audit(tx, who, action="queue.steer", subject=f"steering:{steering_id}", records=len(rows), change=told["change"])
    return _told(tx, steering.find_steering(tx, who.project, steering_id))


def undo_steering(tx: Connection, who: Who, steering_id: int) -> Steering:
    """Let the tasks stand as before, but for those that were steered again since."""
    made = steering.find_steering(tx, who.project, steering_id)
    if made is None:
        raise NotFound("There is no such steering in this project.")
    if made.undone_at is not None:
        raise Conflict("This was taken back already.")
    grouped: dict[Any, list[int]] = defaultdict(list)
    for row in steering.to_restore(tx, who.project, steering_id):
        grouped[row.rank, row.due_at, row.needs_id].append(row.task_id)
    for (rank, due_at, needs_id), task_ids in grouped.items():
        steering.set_tasks(tx, task_ids, rank=rank, due_at=due_at, needs_id=needs_id)
    steering.set_undone(tx, steering_id, who.now)
    lanes.renew_lanes(tx, who.project)
    audit(tx, who, action="queue.undo_steering", subject=f"steering:{steering_id}")
    return _told(tx, steering.find_steering(tx, who.project, steering_id))


def list_steerings(tx: Connection, who: Who) -> list[Steering]:
    """The latest steerings, the newest first."""
    return [_told(tx, row) for row in steering.list_steerings(tx, who.project, 50)]


def _find(tx: Connection, who: Who, selection: Selection) -> tuple[list[int], bool]:
    return matching_ids(tx, who.project, q=selection.q, states=selection.states, facets=selection.facets, at_most=MOST)


def _lanes(tx: Connection, who: Who, change: Change) -> list[int] | None:
    """The lanes to deal the tasks into; None leaves each in its own."""
    if change.people:
        known = names_in(tx, who)
        if unknown := [one for one in change.people if one not in known]:
            raise Invalid(f"Person {unknown[0]} is not a member of this project. Add them under Settings first.")
        return [lanes.lane_for(tx, who.project, [], one) for one in dict.fromkeys(change.people)]
    if change.skills:
        return [lanes.lane_for(tx, who.project, sorted(set(change.skills)), None)]
    return None if change.skills is None and change.people is None else [ANYBODY]


def _grouped(rows: Sequence[Any], change: Change, into: list[int] | None) -> dict[Any, list[int]]:
    """Task ids by how they are to stand; people get the records in turn."""
    grouped: dict[Any, list[int]] = defaultdict(list)
    for row, lane in zip(rows, cycle(into or [None]), strict=False):
        due_at = None if change.no_due_date else change.due_at or row.due_at
        priority = priority_of(row.rank) if change.priority is None else change.priority
        needs_id = row.needs_id if lane is None else lane
        grouped[rank_of(priority, due_at), due_at, needs_id].append(row.id)
    return grouped


def _told(tx: Connection, row: Any) -> Steering:
    name = names_of(tx, {row.person_id}).get(row.person_id, "")
    return Steering(
        id=row.id, by=PersonRef(id=row.person_id, name=name), at=row.made_at, undone_at=row.undone_at,
        count=row.n_tasks, selection=read_stored(Selection, row.change["selection"]),
        change=read_stored(Change, row.change["change"]),
    )  # fmt: skip
