"""The versions of a guideline, what cites it, and who has read what changed."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from goldsmith.client.accounts import PersonRef
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class Guideline(Shape):
    """The rules in one version; `body` (Markdown) is left out in lists."""

    version: int
    body: str | None = None
    note: str = ""
    created_at: datetime | None = None
    created_by: PersonRef | None = None


class Citations(Shape):
    """How many decisions cite a passage, and the case whose decision became it."""

    anchor: str
    decisions: int
    made_of_task: int | None = None


class CitingDecision(Shape):
    """A decision that cites a passage."""

    task_id: int
    record_id: int
    external_id: str
    reason: str
    by: PersonRef
    at: datetime


class Acknowledged(Shape):
    """The last version a person said they have read, and when."""

    version: int
    at: datetime


class Acknowledgement(Shape):
    """Which versions of guideline and questions a member has acknowledged; `is_current` if they know those in use."""

    person: PersonRef
    role: str
    guideline: Acknowledged | None = None
    questions: Acknowledged | None = Field(default=None, alias="schema")
    is_current: bool


class Guidelines(Resource[Mode]):
    """The versions of a guideline."""

    @deed
    def list(self) -> Steps[Sequence[Guideline]]:
        """Every version without its text, newest first."""
        return (yield from self._ask("GET", self._at, list[Guideline]))

    @deed
    def get(self, version: int) -> Steps[Guideline]:
        """One version with its text."""
        return (yield from self._ask("GET", f"{self._at}/{version}", Guideline))

    @deed
    def add(self, body: str, note: str = "", *, based_on: int | None = None) -> Steps[Guideline]:
        """A new version, in force at once; refused where the present one is no longer the one it is `based_on`."""
        told = {"body": body, "note": note, "based_on": based_on}
        return (yield from self._ask("POST", self._at, Guideline, json=told))

    @deed
    def citations(self) -> Steps[Sequence[Citations]]:
        """The passages that decisions cite, or became."""
        return (yield from self._ask("GET", self._beside("guideline-citations"), list[Citations]))

    @listing
    def citing(self, anchor: str, *, page_size: int = 100) -> Call[Page[CitingDecision]]:
        """The decisions that cite one passage."""
        return Call("GET", self._beside(f"guideline-citations/{anchor}"), Page[CitingDecision], {"limit": page_size})

    @deed
    def acknowledgements(self) -> Steps[Sequence[Acknowledgement]]:
        """Who has said that they have read what changed, in guideline and questions."""
        return (yield from self._ask("GET", self._beside("acknowledgements"), list[Acknowledgement]))

    def _beside(self, name: str) -> str:
        return f"{self._at.removesuffix('/guidelines')}/{name}"
