"""What was accepted, and what each question came to."""

from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, listing


class QuestionOutcome(Shape):
    """What one question came to: the leading value, the share behind it, and the votes."""

    question: str
    value: Any = None
    agreed: bool
    share: float
    soft: dict[str, float] = {}
    tally: dict[str, int] = {}
    kept: bool = False


class Resolution(Shape):
    """The accepted answer to a record, with how it came about and how sure it is."""

    record_id: int
    external_id: str
    state: str
    method: str | None = None
    answers: dict[str, Any]
    outcomes: list[QuestionOutcome] = []
    confidence: float | None = None
    n_annotators: int
    schema_version: int
    guideline_version: int
    reviewed: str | None = None
    decided_by: PersonRef | None = None
    reason: str | None = None
    guideline_anchor: str | None = None
    updated_at: datetime


class Resolutions(Resource[Mode]):
    """The accepted answers."""

    @listing
    def list(
        self, *, state: str | None = None, record_id: int | None = None, page_size: int = 500
    ) -> Call[Page[Resolution]]:
        """Every resolution; `state="resolved"` for those that are settled."""
        wanted = {"state": state, "record_id": record_id, "limit": page_size}
        return Call("GET", self._at, Page[Resolution], wanted)
