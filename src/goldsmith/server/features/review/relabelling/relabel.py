"""Give many records another answer to one question: say first what would change, do it, give all of it back.

Each record that has an accepted answer becomes an expert's decision of the caller, with the reason of the whole. Which
are left alone, and why, stands in `fitting`; what happens to each, in `relabelled`.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, PersonRef, Role, Who, audit, names_of
from goldsmith.server.features.projects import Limits, judging, undo_days
from goldsmith.server.features.records import excerpt_of, read_bodies, records_meant
from goldsmith.server.features.review.relabelling import store
from goldsmith.server.features.review.relabelling.change import change_of
from goldsmith.server.features.review.relabelling.fitting import Fitting, sort_records
from goldsmith.server.features.review.relabelling.relabelled import RELABELLING
from goldsmith.server.features.review.relabelling.schemas import (
    AnswerChange,
    NewRelabelling,
    RelabelExample,
    Relabelling,
    RelabelPreview,
    RelabelQuestion,
)
from goldsmith.server.foundation.errors import Conflict, Forbidden, NotFound
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.stored import read_stored
from goldsmith.server.pipelines.bulk import Asker, Ids, begin, courses_of, turn_back

SHOWN = 5


def preview_relabelling(tx: Connection, who: Who, asked: RelabelQuestion, *, limits: Limits) -> RelabelPreview:
    """What re-labelling would change; nothing is changed."""
    ids, shown, left = _look(tx, who, asked)
    return RelabelPreview(
        count=len(ids), left={why: n for why, n in left.items() if n},
        examples=_examples(tx, asked.change.question, shown),
        undo_until=who.now + undo_days(tx, who.project, limits),
    )  # fmt: skip


async def relabel(door: Door, asked: NewRelabelling, *, limits: Limits) -> Relabelling:
    """Change every record that fits.

    They are chosen outside the transaction that writes: looking for a million must not keep annotators waiting.
    """
    ids = await door.read(_fitting, asked)
    return await door.write(_begin, asked, ids, limits=limits)


def _begin(tx: Connection, who: Who, asked: NewRelabelling, ids: Ids, *, limits: Limits) -> Relabelling:
    if not ids:
        raise Conflict("No record would change; somebody else may have been quicker. Look at the preview again.")
    if asked.expected is not None and asked.expected != len(ids):
        raise Conflict(f"{len(ids):,} records would change by now, not {asked.expected:,}. Look at the preview again.")
    change = asked.change.model_dump(mode="json")
    relabelling_id = store.insert_relabelling(
        tx, project_id=who.project, person_id=who.person_id, change=change, reason=asked.reason, n_records=len(ids),
        made_at=who.now,
    )  # fmt: skip
    begin(tx, RELABELLING, relabelling_id, ids, _asker(who, who.now + undo_days(tx, who.project, limits)))
    audit(tx, who, action="record.relabel", subject=f"relabelling:{relabelling_id}", records=len(ids),
          reason=asked.reason, **change)  # fmt: skip
    return read_relabelling(tx, who, relabelling_id)


def undo_relabelling(tx: Connection, who: Who, relabelling_id: int) -> Relabelling:
    """Give the records back what stood before, but for those that somebody has decided anew since."""
    made = _known(tx, who, relabelling_id)
    if made.person_id != who.person_id and who.role not in (Role.OWNER, Role.MANAGER):
        raise Forbidden("Somebody else re-labelled these. They or a manager can take it back.")
    if made.undone_at is not None:
        raise Conflict("This was taken back already.")
    turn_back(tx, RELABELLING, relabelling_id, _asker(who))
    audit(tx, who, action="record.undo_relabel", subject=f"relabelling:{relabelling_id}", records=made.n_records)
    return read_relabelling(tx, who, relabelling_id)


def read_relabelling(tx: Connection, who: Who, relabelling_id: int) -> Relabelling:
    """Records that were given another answer together, with how far that has come."""
    row = _known(tx, who, relabelling_id)
    by = PersonRef(id=row.person_id, name=names_of(tx, {row.person_id})[row.person_id])
    return Relabelling(
        id=row.id, change=read_stored(AnswerChange, row.change), reason=row.reason, count=row.n_records, made_by=by,
        made_at=row.made_at, undone_at=row.undone_at,
        course=courses_of(tx, RELABELLING, [relabelling_id]).get(relabelling_id),
    )  # fmt: skip


def _fitting(tx: Connection, who: Who, asked: NewRelabelling) -> Ids:
    return _look(tx, who, asked)[0]


def _look(tx: Connection, who: Who, asked: RelabelQuestion) -> tuple[Ids, list[Fitting], Counter[str]]:
    """The records that would change, the first few with their answers, and how many would not, by why."""
    rules = judging(tx, who.project)
    change = change_of(rules.questions, asked.change)
    ids, shown, left = array("q"), list[Fitting](), Counter[str]()
    for part in portions(records_meant(tx, who, asked.which)):
        fitting, kept = sort_records(tx, who.person_id, rules, change, part)
        ids.extend(one.row.record_id for one in fitting)
        shown += fitting[: SHOWN - len(shown)]
        left.update(kept)
    return ids, shown, left


def _examples(tx: Connection, question: str, shown: Sequence[Fitting]) -> list[RelabelExample]:
    bodies = read_bodies(tx, [one.row.record_id for one in shown])
    return [
        RelabelExample(
            record_id=one.row.record_id, external_id=bodies[one.row.record_id].external_id,
            excerpt=excerpt_of(bodies[one.row.record_id].fields), before=one.row.answers.get(question),
            after=one.after.get(question),
        )
        for one in shown
    ]  # fmt: skip


def _known(tx: Connection, who: Who, relabelling_id: int) -> Any:
    row = store.find_relabelling(tx, who.project, relabelling_id)
    if row is None:
        raise NotFound("There is no such re-labelling in this project.")
    return row


def _asker(who: Who, undo_until: datetime | None = None) -> Asker:
    return Asker(who.workspace_id, who.project, who.person_id, who.now, undo_until)
