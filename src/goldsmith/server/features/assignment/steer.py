"""Steer the queue: let the records that fit a filter come sooner, be due by a day, or wait for certain people.

A preview says first what would change. Every steering keeps how each task stood, so that it can be taken back; what was
steered again since stays as it is. What happens to each task stands in `steered`.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import (
    Door,
    News,
    NoticeKind,
    PersonRef,
    Who,
    audit,
    names_of,
    notify,
    take_back_notices,
)
from goldsmith.server.features.assignment.domain import ANYBODY, Stage, priority_of
from goldsmith.server.features.assignment.schemas import Change, Selection, Steer, Steering, SteerPreview
from goldsmith.server.features.assignment.skills import names_in, people_for
from goldsmith.server.features.assignment.steered import STEERING
from goldsmith.server.features.assignment.store import lanes, pairs_given, steering
from goldsmith.server.features.projects import Limits, judging, undo_days
from goldsmith.server.features.records import all_matching, excerpt_of, read_bodies
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.stored import read_stored
from goldsmith.server.pipelines.bulk import Asker, Course, Ids, begin, courses_of, turn_back

SHOWN = 5


def preview_steering(tx: Connection, who: Who, asked: Steer) -> SteerPreview:
    """What the change would touch; nothing is changed."""
    told, shown = Counter[str](), list[int]()
    people = people_for(tx, who, asked.change)
    for rows in _tasks_in_portions(tx, who, asked.selection):
        waiting = [row for row in rows if row.done < row.target]
        shown += [row.record_id for row in waiting[: SHOWN - len(shown)]]
        if asked.change.people or asked.change.skills:
            told["too_few"] += _wanting_more_than(tx, waiting, list(people))
        told.update(
            records=len(rows), waiting=len(waiting), dated=sum(row.due_at is not None for row in waiting),
            prioritised=sum(priority_of(row.rank) != 0 for row in waiting),
            asking=sum(row.needs_id != ANYBODY for row in waiting),
        )  # fmt: skip
    return SteerPreview(
        records=told["records"], has_more=False, waiting=told["waiting"], done=told["records"] - told["waiting"],
        dated=told["dated"], prioritised=told["prioritised"], asking=told["asking"], too_few=told["too_few"],
        people=[PersonRef(id=key, name=name) for key, name in people.items()],
        examples=[f"{body.external_id}: {excerpt_of(body.fields)}" for body in read_bodies(tx, shown).values()],
    )  # fmt: skip


async def steer(door: Door, asked: Steer, *, limits: Limits) -> Steering:
    """Change every task that still wants somebody, among the records that fit.

    They are chosen outside the transaction that writes: looking for a million must not keep annotators waiting.
    """
    task_ids = await door.read(_waiting, asked)
    return await door.write(_steer, asked, task_ids, limits=limits)


def _steer(tx: Connection, who: Who, asked: Steer, task_ids: Ids, *, limits: Limits) -> Steering:
    into = _lanes(tx, who, asked.change)
    if not task_ids:
        raise Conflict("No record that fits still wants somebody. Choose others.")
    told = asked.model_dump(mode="json", exclude={"selection"})
    told["selection"] = asked.selection.model_dump(mode="json", exclude_defaults=True)
    steering_id = steering.insert_steering(
        tx, project_id=who.project, person_id=who.person_id, change=told | {"lanes": into}, n_tasks=len(task_ids),
        made_at=who.now,
    )  # fmt: skip
    if into is not None:
        lanes.renew_lanes(tx, who.project)
    begin(tx, STEERING, steering_id, task_ids, _asker(who, who.now + undo_days(tx, who.project, limits)))
    _tell_people(tx, who, asked.change, steering_id, len(task_ids))
    audit(
        tx, who, action="queue.steer", subject=f"steering:{steering_id}", records=len(task_ids), change=told["change"]
    )
    return read_steering(tx, who, steering_id)


def undo_steering(tx: Connection, who: Who, steering_id: int) -> Steering:
    """Let the tasks stand as before, but for those that were steered again since; one still under way stops."""
    made = _found(tx, who, steering_id)
    if made.undone_at is not None:
        raise Conflict("This was taken back already.")
    known = courses_of(tx, STEERING, [steering_id])
    before = [] if known else steering.steered_by(tx, steering_id)
    turn_back(tx, STEERING, steering_id, _asker(who), done_before=before)
    take_back_notices(tx, [_notice_key(steering_id)])
    audit(tx, who, action="queue.undo_steering", subject=f"steering:{steering_id}")
    return read_steering(tx, who, steering_id)


def read_steering(tx: Connection, who: Who, steering_id: int) -> Steering:
    """One steering, with how far it has come."""
    row = _found(tx, who, steering_id)
    return _told(tx, row, courses_of(tx, STEERING, [steering_id]).get(steering_id))


def list_steerings(tx: Connection, who: Who) -> list[Steering]:
    """The latest steerings, the newest first."""
    rows = steering.list_steerings(tx, who.project, 50)
    courses = courses_of(tx, STEERING, [row.id for row in rows])
    return [_told(tx, row, courses.get(row.id)) for row in rows]


def _waiting(tx: Connection, who: Who, asked: Steer) -> Ids:
    """The tasks that still want somebody among the records that fit, in the records' order."""
    if asked.change == Change():
        raise Invalid("With this nothing would change. Give a priority, a due date, skills or people.")
    found = array("q")
    for rows in _tasks_in_portions(tx, who, asked.selection):
        found.extend(row.id for row in rows if row.done < row.target)
    return found


def _tasks_in_portions(tx: Connection, who: Who, wanted: Selection) -> Iterator[Sequence[Any]]:
    for part in portions(all_matching(tx, who, wanted.wanted())):
        yield steering.tasks_of(tx, who.project, list(part), Stage.ANNOTATE)


def _lanes(tx: Connection, who: Who, change: Change) -> list[int] | None:
    """The lanes to deal the tasks into; None leaves each in its own."""
    if change.people:
        known = names_in(tx, who)
        if unknown := [one for one in change.people if one not in known]:
            raise Invalid(f"Person {unknown[0]} is not a member of this project. Add them under Settings first.")
        return _lanes_of_people(tx, who.project, list(dict.fromkeys(change.people)))
    if change.skills:
        return [lanes.lane_of_skills(tx, who.project, sorted(set(change.skills)))]
    return None if change.skills is None and change.people is None else [ANYBODY]


def _lanes_of_people(tx: Connection, project_id: int, people: list[int]) -> list[int]:
    """A lane for each, to be dealt in turn; one for all of them where a record wants more than one answer."""
    if len(people) > 1 and judging(tx, project_id).policy.overlap > 1:
        return [lanes.lane_of_people(tx, project_id, people)]
    return [lanes.lane_of_person(tx, project_id, one) for one in people]


def _tell_people(tx: Connection, who: Who, change: Change, steering_id: int, n_records: int) -> None:
    """Those whom records are left to by name hear of it."""
    if change.people:
        among = "" if len(change.people) == 1 else f" left to {len(change.people)} people, you among them"
        due = f", due {change.due_at:%d %b %Y}" if change.due_at else ""
        words = f"{n_records:,} record{'' if n_records == 1 else 's'}{among}{due}"
        notify(tx, who, News(NoticeKind.ASSIGNED, _notice_key(steering_id), words), to=change.people)


def _notice_key(steering_id: int) -> str:
    return f"{NoticeKind.ASSIGNED}:{steering_id}"


def _wanting_more_than(tx: Connection, waiting: Sequence[Any], people: list[int]) -> int:
    """How many of these tasks want more people than there are among these who have not had them."""
    begun = [row.id for row in waiting if row.taken > 0]
    had = Counter(task_id for ids in portions(begun) for task_id, _ in pairs_given(tx, list(ids), people))
    return sum(row.target - row.taken > len(people) - had[row.id] for row in waiting)


def _asker(who: Who, undo_until: datetime | None = None) -> Asker:
    return Asker(who.workspace_id, who.project, who.person_id, who.now, undo_until)


def _found(tx: Connection, who: Who, steering_id: int) -> Any:
    row = steering.find_steering(tx, who.project, steering_id)
    if row is None:
        raise NotFound("There is no such steering in this project.")
    return row


def _told(tx: Connection, row: Any, course: Course | None) -> Steering:
    name = names_of(tx, {row.person_id}).get(row.person_id, "")
    return Steering(
        id=row.id, by=PersonRef(id=row.person_id, name=name), at=row.made_at, undone_at=row.undone_at,
        count=row.n_tasks, selection=read_stored(Selection, row.change["selection"]),
        change=read_stored(Change, row.change["change"]), course=course,
    )  # fmt: skip
