"""What waits for an expert: every opinion side by side, and one decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.records import Record
from goldsmith.client.resolutions import QuestionOutcome
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class CaseSummary(Shape):
    """A record that waits for an expert, or did.

    `why` is disagreement, sensitive, flagged, sampled, returned or schema.
    """

    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    why: str
    state: str
    opened_at: datetime
    opinions: int
    decided_by: PersonRef | None = None


class RaisedFlag(Shape):
    """Somebody's wish that an expert should look."""

    by: str
    reason: str | None = None


class Opinion(Shape):
    """What one annotator said, without their name."""

    annotator: str
    answers: dict[str, Any]
    active_ms: int
    submitted_at: datetime
    schema_version: int
    guideline_version: int
    revision: int


class Decision(Shape):
    """What an expert decided, and why."""

    answers: dict[str, Any]
    notes: dict[str, str] = {}
    verdict: str | None = None
    reason: str
    guideline_anchor: str | None = None
    guideline_title: str | None = None
    by: PersonRef
    at: datetime
    active_ms: int


class Return(Shape):
    """One time a case was sent back, and why."""

    reason: str
    guideline_anchor: str | None = None
    by: PersonRef
    at: datetime
    flags: list[str] = []


class Case(CaseSummary):
    """A record before an expert: every opinion side by side, and what each question came to.

    `proposed` is the answer to accept or to fix; None where people disagree.
    """

    record: Record
    flags: list[RaisedFlag] = []
    opinion_list: list[Opinion] = []
    outcomes: list[QuestionOutcome] = []
    proposed: dict[str, Any] | None = None
    returns: list[Return] = []
    decision: Decision | None = None
    lease_expires_at: datetime | None = None


class EdgeCaseProposal(Shape):
    """What an edge case made of a decision would say; a `sealed` record must not be quoted in it."""

    title: str
    excerpt: str
    answer: str
    why: str
    sealed: bool
    anchor: str | None = None


class EdgeCase(Shape):
    """An edge case of the guideline, and the version that brought it."""

    anchor: str
    title: str
    guideline_version: int


class Cases(Resource[Mode]):
    """Records on which people disagree, or which need an expert for another reason."""

    @listing
    def list(self, *, state: str | None = None, page_size: int = 100) -> Call[Page[CaseSummary]]:
        """Every case; `state` is `open`, `decided` or `returned`."""
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
        notes: Mapping[str, str] | None = None,
        guideline_anchor: str | None = None,
        active_ms: int = 0,
    ) -> Steps[Case]:
        """Settle a case; the reason is kept with the decision, and so are remarks on single questions."""
        body = {
            "answers": dict(answers), "notes": dict(notes or {}), "reason": reason,
            "guideline_anchor": guideline_anchor, "active_ms": active_ms,
        }  # fmt: skip
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/decision", Case, json=body))

    @deed
    def accept(self, case: Case | int, *, active_ms: int = 0) -> Steps[Case]:
        """Let the answer stand that people agree on; refused if it has changed since this `Case` was read."""
        seen = case.proposed if isinstance(case, Case) else None
        body = {"answers": seen, "active_ms": active_ms}
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/accept", Case, json=body))

    @deed
    def send_back(
        self, case: Case | int, reason: str, *, annotators: Sequence[str] | None = None, active_ms: int = 0
    ) -> Steps[Case]:
        """Ask the annotators again, all of them or those named as the case names them; it comes back to you."""
        body = {"reason": reason, "annotators": annotators and list(annotators), "active_ms": active_ms}
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/return", Case, json=body))

    @deed
    def propose_edge_case(self, case: Case | int) -> Steps[EdgeCaseProposal]:
        """What the decision would say as an edge case of the guideline."""
        return (yield from self._ask("GET", f"{self._at}/{_id(case)}/edge-case", EdgeCaseProposal))

    @deed
    def make_edge_case(
        self,
        case: Case | int,
        *,
        title: str | None = None,
        excerpt: str | None = None,
        answer: str | None = None,
        why: str | None = None,
    ) -> Steps[EdgeCase]:
        """Write the decision into the guideline as an edge case; what is left out is taken from the decision."""
        body = {"title": title, "excerpt": excerpt, "answer": answer, "why": why}
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/edge-case", EdgeCase, json=body))

    @deed
    def undo(self, case: Case | int) -> Steps[Case]:
        """Take your last step on a case back: a decision, an acceptance, a return."""
        return (yield from self._ask("POST", f"{self._at}/{_id(case)}/undo", Case))

    @deed
    def skip(self, case: Case | int) -> Steps[None]:
        """Leave a case to another expert."""
        yield from self._do("POST", f"{self._at}/{_id(case)}/skip", is_repeatable=True)


def _id(case: Case | int) -> int:
    return case.task_id if isinstance(case, Case) else case
