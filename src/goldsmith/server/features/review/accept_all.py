"""Accept many cases at once: say first what would be accepted, do it, take all of it back.

Only cases in which the record is resolved and a reviewer looks all the same are accepted so. Those that somebody has
in hand are left alone, and so are those the caller annotated. What happens to each case stands in `accepted`.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, Role, Who, audit
from goldsmith.server.features.projects import Limits, judging, undo_days
from goldsmith.server.features.records import has_facets, refuse_by_people
from goldsmith.server.features.review import bulk
from goldsmith.server.features.review.accepted import ACCEPTING
from goldsmith.server.features.review.read import summaries_of
from goldsmith.server.features.review.schemas import AcceptAll, Accepted, AcceptPreview, CaseFilter
from goldsmith.server.features.review.tables import cases
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound
from goldsmith.server.foundation.wire import LARGEST_ID
from goldsmith.server.pipelines.bulk import MOST, Asker, Ids, begin, courses_of, refuse_too_many, turn_back

SHOWN = 5


def preview_acceptance(tx: Connection, who: Who, wanted: CaseFilter) -> AcceptPreview:
    """What accepting all that fits would touch; changes nothing."""
    looked = _looked(tx, who, wanted)
    counts = defaultdict(bulk.Counted, looked.counts(tx))
    refuse_too_many(counts[bulk.FREE].n)
    return AcceptPreview(
        count=counts[bulk.FREE].n, held=counts["held"].n, own=counts["own"].n, changed=counts["changed_since"].n,
        newest_task_id=counts[bulk.FREE].newest, examples=summaries_of(tx, bulk.cases_of(tx, looked.free(tx, SHOWN))),
    )  # fmt: skip


async def accept_all(door: Door, asked: AcceptAll, *, limits: Limits) -> Accepted:
    """Accept every case that fits, up to the newest one the preview knew of.

    They are chosen outside the transaction that writes: looking for a million must not keep annotators waiting.
    """
    task_ids = await door.read(_free, asked.filter, asked.newest_task_id)
    return await door.write(_accept_all, asked, task_ids, limits=limits)


def _accept_all(tx: Connection, who: Who, asked: AcceptAll, task_ids: Ids, *, limits: Limits) -> Accepted:
    if not task_ids:
        raise Conflict("No case fits any more; somebody else may have been quicker. Look again.")
    acceptance_id = bulk.insert_acceptance(
        tx, project_id=who.project, person_id=who.person_id, filter=asked.filter.model_dump(mode="json"),
        n_cases=len(task_ids), made_at=who.now,
    )  # fmt: skip
    begin(tx, ACCEPTING, acceptance_id, task_ids, _asker(who, who.now + undo_days(tx, who.project, limits)))
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


def _free(tx: Connection, who: Who, wanted: CaseFilter, upto: int) -> Ids:
    found = _looked(tx, who, wanted, upto=upto).free(tx, MOST + 1)
    refuse_too_many(len(found))
    return found


def _looked(tx: Connection, who: Who, wanted: CaseFilter, *, upto: int = LARGEST_ID) -> bulk.Looked:
    rules = judging(tx, who.project)
    if wanted.person_id is not None:
        refuse_by_people(tx, who)
    among = has_facets(tx, rules.project_id, cases.c.record_id, wanted.facets)
    if wanted.person_id is not None:
        among.append(bulk.gave_answer(wanted.person_id))
    return bulk.looked_at(
        rules.project_id, schema_version=rules.schema_version, upto=upto, among=among,
        barred_id=None if rules.policy.adjudicator_may_have_annotated else who.person_id,
    )  # fmt: skip


def _asker(who: Who, undo_until: datetime | None = None) -> Asker:
    return Asker(who.workspace_id, who.project, who.person_id, who.now, undo_until)
