"""What people said and what was accepted: annotations, cases for experts, resolutions, agreement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.records import Record
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class Annotation(Shape):
    """One person's answer, in one revision."""

    id: int
    record_id: int
    external_id: str | None = None
    annotator: PersonRef
    answers: dict[str, Any]
    revision: int
    is_latest: bool = True
    active_ms: int = 0
    submitted_at: datetime
    schema_version: int
    guideline_version: int


class Resolution(Shape):
    """The accepted answer to a record, with how it came about and how sure it is."""

    record_id: int
    external_id: str | None = None
    state: str
    method: str | None = None
    answers: dict[str, Any] | None = None
    soft: dict[str, Any] | None = None
    confidence: float | None = None
    n_annotators: int = 0
    reason: str | None = None
    updated_at: datetime | None = None


class CaseSummary(Shape):
    """A record that waits for an expert, or did."""

    task_id: int
    record_id: int
    external_id: str | None = None
    excerpt: str | None = None
    why: str
    opened_at: datetime | None = None
    opinions: int = 0
    decided_by: Any = None


class Opinion(Shape):
    """What one annotator said, without their name."""

    annotator: str
    answers: dict[str, Any]
    active_ms: int = 0
    submitted_at: datetime | None = None


class Decision(Shape):
    """What an expert decided, and why."""

    answers: dict[str, Any]
    reason: str
    guideline_anchor: str | None = None
    by: Any = None
    at: datetime | None = None
    revision: int = 1


class Case(Shape):
    """A record before an expert: every opinion side by side."""

    task_id: int
    record: Record
    why: str
    flags: list[dict[str, Any]] = []
    opinions: list[Opinion] = []
    questions: list[dict[str, Any]] = []
    decision: Decision | None = None
    lease_expires_at: datetime | None = None


class Estimate(Shape):
    """A number with its interval and what it rests on."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n_items: int | None = None
    n_annotators: int | None = None
    n_ratings: int | None = None


class QuestionAgreement(Shape):
    """How far annotators agree on one question, beyond chance."""

    question: str
    type: str
    percent: Estimate | None = None
    alpha: Estimate | None = None
    kappa: Estimate | None = None
    by_label: list[dict[str, Any]] = []
    by_pair: list[dict[str, Any]] = []


class Agreement(Shape):
    """How far annotators agree, per question."""

    n_records: int = 0
    questions: list[QuestionAgreement] = []


class Annotations(Resource[Mode]):
    """Everybody's answers."""

    @listing
    def list(
        self, *, record_id: int | None = None, person_id: int | None = None, page_size: int = 500
    ) -> Call[Page[Annotation]]:
        """Every answer, in the order of submission."""
        wanted = {"record_id": record_id, "person_id": person_id, "limit": page_size}
        return Call("GET", self._at, Page[Annotation], wanted)


class Resolutions(Resource[Mode]):
    """The accepted answers."""

    @listing
    def list(self, *, state: str | None = None, page_size: int = 500) -> Call[Page[Resolution]]:
        """Every resolution; `state="resolved"` for those that are settled."""
        return Call("GET", self._at, Page[Resolution], {"state": state, "limit": page_size})


class Cases(Resource[Mode]):
    """Records on which people disagree, or which need an expert for another reason."""

    @listing
    def list(self, *, state: str | None = None, page_size: int = 100) -> Call[Page[CaseSummary]]:
        """Every case; `state` is `open` or `decided`."""
        return Call("GET", self._at, Page[CaseSummary], {"state": state, "limit": page_size})

    @deed
    def next(self) -> Steps[Case | None]:
        """Take the next open case; None when none waits."""
        return (yield from self._ask("POST", f"{self._at}/next", Case | None))  # type: ignore[arg-type]

    @deed
    def get(self, task_id: int) -> Steps[Case]:
        """One case."""
        return (yield from self._ask("GET", f"{self._at}/{task_id}", Case))

    @deed
    def decide(
        self,
        case: Case | int,
        answers: Mapping[str, Any],
        reason: str,
        *,
        guideline_anchor: str | None = None,
        active_ms: int = 0,
    ) -> Steps[Case]:
        """Settle a case; the reason is kept with the decision."""
        body = {
            "answers": dict(answers), "reason": reason, "guideline_anchor": guideline_anchor, "active_ms": active_ms,
        }  # fmt: skip
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/decision", Case, json=body))

    @deed
    def undo(self, case: Case | int) -> Steps[Case]:
        """Open a decided case again."""
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/undo", Case))

    @deed
    def skip(self, case: Case | int) -> Steps[None]:
        """Leave a case to another expert."""
        yield from self._do("POST", f"{self._at}/{_id(case)}/skip", is_repeatable=True)


def _id(case: Case | int) -> int:
    return case.task_id if isinstance(case, Case) else case
