"""Every query about suggestions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from goldsmith.server.features.suggestions.domain import NewSuggestion, RawSuggestion
from goldsmith.server.features.suggestions.tables import suggestions


def add_suggestions(tx: Connection, project_id: int, given: Sequence[NewSuggestion], now: datetime) -> None:
    """Keep what was proposed."""
    rows = [
        {
            "project_id": project_id, "record_id": one.record_id, "question": one.question, "value": one.value,
            "agent": one.agent[:200], "score": one.score, "schema_version": one.schema_version,
            "provenance": one.provenance, "created_at": now,
        }
        for one in given
    ]  # fmt: skip
    if rows:
        tx.execute(insert(suggestions), rows)


_RAW = select(
    suggestions.c.id, suggestions.c.record_id, suggestions.c.question, suggestions.c.value, suggestions.c.agent,
    suggestions.c.score, suggestions.c.schema_version, suggestions.c.provenance, suggestions.c.created_at,
)  # fmt: skip


def raw_suggestions(tx: Connection, project_id: int, first: int, last: int) -> Sequence[RawSuggestion]:
    """What was proposed for the project's records from `first` to `last`, the earliest first."""
    query = _RAW.where(suggestions.c.record_id.between(first, last), suggestions.c.project_id == project_id)
    return [RawSuggestion(*row) for row in tx.execute(query.order_by(suggestions.c.id))]
