"""Read many records' answers at once, undecoded, for slices that work through a whole project."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, Text, cast, select, text

from goldsmith.server.features.annotation.tables import annotations


class RawAnswer(Struct, frozen=True, gc=False):
    """One person's answer to one record; `answers` is JSON text."""

    record_id: int
    person_id: int
    answers: str
    revision: int
    active_ms: int
    swapped: bool
    schema_version: int
    guideline_version: int
    submitted_at: datetime
    notes: str | None


_ANSWERS = (
    select(
        annotations.c.record_id, annotations.c.person_id, cast(annotations.c.answers, Text), annotations.c.revision,
        annotations.c.active_ms, annotations.c.swapped, annotations.c.schema_version, annotations.c.guideline_version,
        annotations.c.submitted_at, cast(annotations.c.notes, Text),
    )
    .where(text("latest"), annotations.c.kind == "answer", annotations.c.counted)
    .order_by(annotations.c.record_id, annotations.c.id)
)  # fmt: skip


def raw_answers(tx: Connection, project_id: int, first: int, last: int) -> Sequence[RawAnswer]:
    """The answers that count now for the project's records from `first` to `last`, by record, the earliest first."""
    between = annotations.c.record_id.between(first, last)
    ours = annotations.c.project_id + 0 == project_id  # a sum, so that the range is found by record and not by project
    rows = tx.execute(_ANSWERS.where(between, ours))
    return [RawAnswer(*row) for row in rows]
