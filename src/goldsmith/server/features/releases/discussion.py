"""What people said about the rows of a release: one JSON line per thread, in the order of the rows.

As in the provenance, people appear under pseudonyms of the release, in mentions too, and days in place of moments.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection

from goldsmith.server.features.annotation import RawComment, RawThread, raw_threads
from goldsmith.server.features.records import RawRecord
from goldsmith.server.features.releases.domain import Pseudonyms


class Remark(Struct, gc=False):
    """One comment of a thread."""

    by: str
    role: str
    body: str
    written_on: str
    revision: int


class Discussion(Struct, gc=False):
    """One thread about one row."""

    id: str
    place: str
    question: str | None
    annotator: str | None
    field: str | None
    turn: int | None
    start: int | None
    end: int | None
    quote: str | None
    opened_on: str
    resolved_on: str | None
    resolved_by: str | None
    comments: list[Remark]


def discussions(
    tx: Connection, project_id: int, kept: Sequence[RawRecord], people: Pseudonyms
) -> list[Discussion]:  # fmt: skip
    """The threads on these records, which are in id order."""
    names = {record.id: record.external_id for record in kept}
    threads = raw_threads(tx, project_id, kept[0].id, kept[-1].id)
    return [_discussion(one, names[one.record_id], people) for one in threads if one.record_id in names]


def _discussion(thread: RawThread, external_id: str, people: Pseudonyms) -> Discussion:
    return Discussion(
        external_id, thread.place, thread.question, _name(thread.annotator_id, people), thread.field, thread.turn,
        thread.start, thread.end, thread.quote, _day(thread.opened_at),
        _day(thread.resolved_at) if thread.resolved_at else None, _name(thread.resolved_by, people),
        [_remark(one, people) for one in thread.comments],
    )  # fmt: skip


def _remark(comment: RawComment, people: Pseudonyms) -> Remark:
    return Remark(
        people.of(comment.person_id), comment.as_role, comment.named(people.of), _day(comment.written_at),
        comment.revision,
    )  # fmt: skip


def _name(person_id: int | None, people: Pseudonyms) -> str | None:
    return None if person_id is None else people.of(person_id)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
