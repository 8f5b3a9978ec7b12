"""A suggestion: a proposed value for one question about one record, who proposed it, how surely, where it is from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """A proposal to keep; `value` has the canonical form of its question under `schema_version`."""

    record_id: int
    question: str
    value: Any
    agent: str
    score: float | None
    schema_version: int
    provenance: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RawSuggestion:
    """A kept proposal."""

    id: int
    record_id: int
    question: str
    value: Any
    agent: str
    score: float | None
    schema_version: int
    provenance: dict[str, Any]
    created_at: datetime
