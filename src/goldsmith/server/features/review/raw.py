"""Read many resolutions and decisions at once, undecoded, for slices that work through a whole project."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, Text, cast, select

from goldsmith.server.features.review.tables import decisions, resolutions


class RawResolution(Struct, frozen=True, gc=False):
    """What the answers to one record come to; `answers` and `outcomes` are JSON text."""

    record_id: int
    state: str
    method: str | None
    answers: str
    outcomes: str
    confidence: float | None
    n_annotators: int
    schema_version: int
    guideline_version: int
    decision_id: int | None
    updated_at: datetime


class RawDecision(Struct, frozen=True, gc=False):
    """One expert's decision; `answers` and `notes` are JSON text."""

    id: int
    person_id: int
    answers: str
    reason: str
    guideline_anchor: str | None
    active_ms: int
    schema_version: int
    guideline_version: int
    decided_at: datetime
    verdict: str | None
    notes: str | None


_RESOLUTIONS = select(
    resolutions.c.record_id, resolutions.c.state, resolutions.c.method, cast(resolutions.c.answers, Text),
    cast(resolutions.c.questions, Text), resolutions.c.confidence, resolutions.c.n_annotators,
    resolutions.c.schema_version, resolutions.c.guideline_version, resolutions.c.decision_id, resolutions.c.updated_at,
)  # fmt: skip
_DECISIONS = select(
    decisions.c.id, decisions.c.person_id, cast(decisions.c.answers, Text), decisions.c.reason,
    decisions.c.guideline_anchor, decisions.c.active_ms, decisions.c.schema_version, decisions.c.guideline_version,
    decisions.c.decided_at, decisions.c.verdict, cast(decisions.c.notes, Text),
)  # fmt: skip


def raw_resolutions(tx: Connection, project_id: int, first: int, last: int) -> dict[int, RawResolution]:
    """The resolutions of the project's records from `first` to `last`, by record."""
    between = resolutions.c.record_id.between(first, last)
    rows = tx.execute(_RESOLUTIONS.where(between, resolutions.c.project_id == project_id))
    return {row[0]: RawResolution(*row) for row in rows}


def raw_decisions(tx: Connection, decision_ids: Sequence[int]) -> dict[int, RawDecision]:
    """Decisions by id."""
    if not decision_ids:
        return {}
    rows = tx.execute(_DECISIONS.where(decisions.c.id.in_(decision_ids)))
    return {row[0]: RawDecision(*row) for row in rows}
