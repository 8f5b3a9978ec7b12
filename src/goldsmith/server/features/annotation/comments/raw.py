"""Read the threads on many records at once, for slices that work through a whole project."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from goldsmith.server.features.annotation.comments import store
from goldsmith.server.features.annotation.comments.domain import shown_body


class RawComment(Struct, frozen=True, gc=False):
    """One comment that stands; `body` names people by tokens until `named` is asked."""

    person_id: int
    as_role: str
    body: str
    revision: int
    written_at: datetime

    def named(self, name_of: Callable[[int], str]) -> str:
        """The text, with the people it mentions by these names."""
        return shown_body(self.body, name_of)


class RawThread(Struct, frozen=True, gc=False):
    """One thread with what stands in it."""

    record_id: int
    place: str
    question: str | None
    annotator_id: int | None
    field: str | None
    turn: int | None
    start: int | None
    end: int | None
    quote: str | None
    opened_at: datetime
    resolved_by: int | None
    resolved_at: datetime | None
    comments: Sequence[RawComment]


def raw_threads(tx: Connection, project_id: int, first: int, last: int) -> list[RawThread]:
    """The threads with something in them on the project's records from `first` to `last`, by record."""
    rows = store.live_threads_between(tx, project_id, first, last)
    said = store.comments_of(tx, [row.id for row in rows])
    return [_thread(row, said[row.id]) for row in rows]


def _thread(row: Row[Any], said: Sequence[Row[Any]]) -> RawThread:
    comments = [
        RawComment(one.person_id, one.as_role, one.body, one.revision, one.written_at)
        for one in said
        if one.deleted_at is None
    ]
    return RawThread(
        row.record_id, row.place, row.question, row.annotator_id, row.field, row.turn, row.start, row.end, row.quote,
        row.opened_at, row.resolved_by, row.resolved_at, comments,
    )  # fmt: skip
