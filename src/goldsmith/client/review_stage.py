"""The review stage: by which rates answers are drawn, accepting many at once, and what reviewers found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.cases import CaseSummary
from goldsmith.client.course import Course
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class AcceptPreview(Shape):
    """What accepting many cases would touch, and what it would leave alone."""

    count: int
    held: int
    own: int
    changed: int
    newest_task_id: int
    examples: list[CaseSummary] = []


class Accepted(Shape):
    """Cases accepted together, or opened again together."""

    id: int
    count: int
    course: Course | None = None


class PersonRate(Shape):
    """A person's own rate of review."""

    person_id: int
    share: float


class RouteRate(Shape):
    """A rate of review for records whose metadata has this value under this key."""

    key: str
    value: str
    share: float


class ReviewPlan(Shape):
    """By which rates agreed answers are drawn for review."""

    share: float
    first_answers: int = 0
    first_share: float = 1.0
    people: list[PersonRate] = []
    routes: list[RouteRate] = []


class Feedback(Shape):
    """What a reviewer said about one of your answers; `verdict` is fixed, returned or answered."""

    id: int
    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    fields: dict[str, Any]
    verdict: str
    reason: str
    guideline_anchor: str | None = None
    at: datetime
    questions: list[str]
    mine: dict[str, Any] | None = None
    accepted: dict[str, Any] | None = None
    notes: dict[str, str] = {}


class ErrorRate(Shape):
    """A share of answers with an error, with its interval, estimated from those drawn for review."""

    value: float | None = None
    low: float
    high: float
    confidence: float
    n: int


class PersonErrors(Shape):
    """What reviewers found about one person's answers."""

    person: PersonRef
    rate: ErrorRate
    accepted: int
    fixed: int
    sent_back: int


class ReviewedWork(Shape):
    """What reviewers found, overall and person by person."""

    overall: ErrorRate
    people: list[PersonErrors]


class Review(Resource[Mode]):
    """The review stage as a whole: what is drawn, what is accepted at once, what was found."""

    @deed
    def plan(self) -> Steps[ReviewPlan]:
        """By which rates agreed answers are drawn for review. For managers."""
        return (yield from self._ask("GET", f"{self._at}/review-plan", ReviewPlan))

    @deed
    def change_plan(self, plan: ReviewPlan) -> Steps[ReviewPlan]:
        """Draw by these rates from now on. For managers."""
        body = plan.model_dump(mode="json")
        return (yield from self._ask("PUT", f"{self._at}/review-plan", ReviewPlan, json=body, is_repeatable=True))

    @deed
    def preview(self, *, person_id: int | None = None, facets: Sequence[str] = ()) -> Steps[AcceptPreview]:
        """What `accept_all` would touch."""
        wanted = {"person_id": person_id, "facets": list(facets)}
        path = f"{self._at}/acceptances/preview"
        return (yield from self._ask("POST", path, AcceptPreview, json=wanted, is_repeatable=True))

    @deed
    def accept_all(
        self, preview: AcceptPreview, *, person_id: int | None = None, facets: Sequence[str] = ()
    ) -> Steps[Accepted]:
        """Accept every agreed case that fits and that the preview knew of.

        More than 1,000 become a job: `project.jobs.get(accepted.course.job_id).wait()` returns when it has ended.
        """
        wanted = {"person_id": person_id, "facets": list(facets)}
        body = {"filter": wanted, "newest_task_id": preview.newest_task_id}
        return (yield from self._ask("POST", f"{self._at}/acceptances", Accepted, json=body))

    @deed
    def undo_accept_all(self, accepted: Accepted | int) -> Steps[Accepted]:
        """Open the cases again that were accepted together."""
        number = accepted.id if isinstance(accepted, Accepted) else accepted
        return (yield from self._ask("POST", f"{self._at}/acceptances/{number}/undo", Accepted))

    @deed
    def accepted(self, acceptance_id: int) -> Steps[Accepted]:
        """Cases that were accepted together, with how far that has come."""
        return (yield from self._ask("GET", f"{self._at}/acceptances/{acceptance_id}", Accepted))

    @listing
    def feedback(self, page_size: int = 50) -> Call[Page[Feedback]]:
        """What reviewers changed in your answers, sent back to you, or said to your flags."""
        return Call("GET", f"{self._at}/feedback", Page[Feedback], {"limit": page_size})

    @deed
    def error_rates(self) -> Steps[ReviewedWork]:
        """How often people are wrong, as far as reviewers have looked, each with its interval and n."""
        return (yield from self._ask("GET", f"{self._at}/error-rates", ReviewedWork))
