"""Accept many cases at once: say first what would be accepted, do it, take all of it back.

Only cases in which the record is resolved and a reviewer looks all the same are accepted so. Those that somebody has
in hand are left alone, and so are those the caller annotated. What happens to each case stands in `accepted`.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, Role, Who, audit
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.records import records_with
from goldsmith.server.features.review import bulk
from goldsmith.server.features.review.accepted import ACCEPTING, sort_cases
from goldsmith.server.features.review.read import summaries_of
from goldsmith.server.features.review.schemas import AcceptAll, Accepted, AcceptPreview, CaseFilter
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound
from goldsmith.server.foundation.wire import LARGEST_ID
from goldsmith.server.pipelines.bulk import Asker, Ids, begin, courses_of, refuse_too_many, turn_back

SHOWN = 5


@dataclass(slots=True)
class _Found:
    """Cases that fit: the tasks of those to accept, the first few of them, and how many are left alone and why."""

    task_ids: Ids = field(default_factory=lambda: array("q"))
    first: list[Any] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def preview_acceptance(tx: Connection, who: Who, wanted: CaseFilter) -> AcceptPreview:
    """What accepting all that fits would touch; changes nothing."""
    found = _find(tx, who, wanted)
    return AcceptPreview(
        count=len(found.task_ids), held=found.left["held"], own=found.left["own"], changed=found.left["changed_since"],
        newest_task_id=max(found.task_ids, default=0), examples=summaries_of(tx, found.first),
    )  # fmt: skip


async def accept_all(door: Door, asked: AcceptAll) -> Accepted:
    """Accept every case that fits, up to the newest one the preview knew of.

    They are chosen outside the transaction that writes: looking for a million must not keep annotators waiting.
    """
    found = await door.read(_find, asked.filter, upto=asked.newest_task_id)
    return await door.write(_accept_all, asked, found.task_ids)


def _accept_all(tx: Connection, who: Who, asked: AcceptAll, task_ids: Ids) -> Accepted:
    if not task_ids:
        raise Conflict("No case fits any more; somebody else may have been quicker. Look again.")
    acceptance_id = bulk.insert_acceptance(
        tx, project_id=who.project, person_id=who.person_id, filter=asked.filter.model_dump(mode="json"),
        n_cases=len(task_ids), made_at=who.now,
    )  # fmt: skip
    begin(tx, ACCEPTING, acceptance_id, task_ids, _asker(who))
    audit(tx, who, action="case.accept_all", subject=f"acceptance:{acceptance_id}", cases=len(task_ids))
    return read_acceptance(tx, who, acceptance_id)


def undo_accept_all(tx: Connection, who: Who, acceptance_id: int) -> Accepted:
    """Open the cases again that were accepted together, but for those that were decided otherwise since."""
    made = _found(tx, who, acceptance_id)
    if made.person_id != who.person_id and who.role not in (Role.OWNER, Role.MANAGER):
        raise Forbidden("Somebody else accepted these. They or a manager can take it back.")
    if made.undone_at is not None:
        raise Conflict("This was taken back already.")
    known = courses_of(tx, ACCEPTING, [acceptance_id])
    before = [] if known else bulk.tasks_accepted(tx, acceptance_id)
    turn_back(tx, ACCEPTING, acceptance_id, _asker(who), done_before=before)
    audit(tx, who, action="case.undo_all", subject=f"acceptance:{acceptance_id}", cases=made.n_cases)
    told = read_acceptance(tx, who, acceptance_id)
    return told if told.course is None or told.course.is_moving else told.model_copy(
        update={"count": told.course.returned}
    )  # fmt: skip


def read_acceptance(tx: Connection, who: Who, acceptance_id: int) -> Accepted:
    """Cases that were accepted together, with how far that has come."""
    row = _found(tx, who, acceptance_id)
    course = courses_of(tx, ACCEPTING, [acceptance_id]).get(acceptance_id)
    return Accepted(id=row.id, count=row.n_cases, course=course)


def _found(tx: Connection, who: Who, acceptance_id: int) -> Any:
    row = bulk.find_acceptance(tx, who.project, acceptance_id)
    if row is None:
        raise NotFound("There is no such acceptance in this project.")
    return row


def _find(tx: Connection, who: Who, wanted: CaseFilter, *, upto: int = LARGEST_ID) -> _Found:
    if wanted.person_id is not None and who.role is Role.REVIEWER and judging(tx, who.project).policy.blind:
        raise Forbidden("The project is blind: only its managers may choose cases by who answered them.")
    found, rules = _Found(), judging(tx, who.project)
    for cases in _fitting(tx, rules, wanted, upto):
        free, left = sort_cases(tx, who.person_id, rules, cases)
        found.first += free[: SHOWN - len(found.first)]
        found.task_ids.extend(case.task_id for case in free)
        found.left += left
        refuse_too_many(len(found.task_ids))
    return found


def _fitting(tx: Connection, rules: Judging, wanted: CaseFilter, upto: int) -> Iterator[list[Any]]:
    after = 0
    while cases := bulk.looks(tx, rules.project_id, wanted.person_id, after=after, upto=upto):
        after = cases[-1].task_id
        if wanted.facets:
            among = records_with(tx, rules.project_id, [case.record_id for case in cases], wanted.facets)
            cases = [case for case in cases if case.record_id in among]
        yield list(cases)


def _asker(who: Who) -> Asker:
    return Asker(who.workspace_id, who.project, who.person_id, who.now)
