"""What reviewers made of one's own answers: what they changed, what they sent back, what they said to a flag."""

from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.annotation import answers_as_of
from goldsmith.server.features.projects import present_carrier
from goldsmith.server.features.records import excerpt_of, read_bodies
from goldsmith.server.features.review import store
from goldsmith.server.features.review.findings import Verdict
from goldsmith.server.features.review.schemas import Feedback
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def my_feedback(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[Feedback]:
    """The latest first; answers that were let stand are not told, for nobody is to know which were looked at."""
    (before,) = decode_cursor(cursor, tuple[int]) or (2**62,)
    rows = store.findings_about(tx, who.project, who.person_id, before=before, limit=limit + 1)
    bodies = read_bodies(tx, [row.record_id for row in rows])
    given = answers_as_of(tx, [(row.task_id, who.person_id, row.revision) for row in rows])
    carrier = present_carrier(tx, who.project)

    def told(row: Any) -> Feedback:
        mine = given.get((row.task_id, row.revision))
        is_accepted = row.verdict != Verdict.RETURNED
        return Feedback(
            id=row.decision_id, task_id=row.task_id, record_id=row.record_id,
            external_id=bodies[row.record_id].external_id, excerpt=excerpt_of(bodies[row.record_id].fields),
            fields=bodies[row.record_id].fields, verdict=row.verdict, reason=row.reason,
            guideline_anchor=row.guideline_anchor, at=row.decided_at, questions=row.wrong,
            mine=carrier.carry(mine.answers, mine.schema_version).answers if mine is not None else None,
            accepted=carrier.carry(row.answers, row.schema_version).answers if is_accepted else None,
            notes=row.notes or {},
        )  # fmt: skip

    return page_of(rows, limit, key=lambda row: (row.decision_id,), item=told)
