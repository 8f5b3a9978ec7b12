"""What people said, in every revision."""

from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, listing


class Annotation(Shape):
    """One person's answer, in one revision; `kind` is `answer`, or `withdrawal` when it was taken back."""

    id: int
    record_id: int
    external_id: str
    annotator: PersonRef
    kind: str
    answers: dict[str, Any]
    notes: dict[str, str] = {}
    revision: int
    is_latest: bool
    counted: bool
    active_ms: int
    swapped: bool
    submitted_at: datetime
    schema_version: int
    guideline_version: int


class Annotations(Resource[Mode]):
    """Everybody's answers."""

    @listing
    def list(
        self, *, record_id: int | None = None, person_id: int | None = None, page_size: int = 500
    ) -> Call[Page[Annotation]]:
        """Every answer, in the order of submission."""
        wanted = {"record_id": record_id, "person_id": person_id, "limit": page_size}
        return Call("GET", self._at, Page[Annotation], wanted)
