"""Read many records' answers at once, undecoded, for slices that work through a whole project."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Text, cast, select, text

from goldsmith.server.features.annotation.tables import annotations, drafts
from goldsmith.server.features.assignment import State, passed_over


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


class Unanswered(Struct, frozen=True, gc=False):
    """A person's skip of a record, or the draft of an answer that they have not given."""

    record_id: int
    person_id: int
    answers: dict[str, Any]
    notes: dict[str, str]
    active_ms: int
    at: datetime


def unanswered(tx: Connection, project_id: int, first: int, last: int) -> Sequence[Unanswered]:
    """Who skipped the project's records from `first` to `last`, or left them with a draft."""
    held = passed_over(tx, project_id, first, last)
    task_ids = {one.task_id for one in held}
    rows = tx.execute(select(drafts).where(drafts.c.task_id.in_(task_ids)))
    begun = {(row.task_id, row.person_id): row for row in rows}
    found = []
    for one in held:
        draft = begun.get((one.task_id, one.person_id))
        if one.state is State.SKIPPED:
            found.append(Unanswered(one.record_id, one.person_id, {}, {}, 0, one.finished_at or one.claimed_at))
        elif draft is not None:
            notes = draft.notes or {}
            found.append(
                Unanswered(one.record_id, one.person_id, draft.answers, notes, draft.active_ms, draft.updated_at)
            )  # fmt: skip
    return found
