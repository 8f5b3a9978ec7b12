"""The wire shapes of cases, decisions and resolutions."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.annotation import ActiveMs, GivenAnswers, GivenNotes
from goldsmith.server.features.records import Record
from goldsmith.server.features.review.plan import ReviewRates
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines.bulk import Course


class CaseSummary(BaseModel):
    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    why: str = Field(
        description="disagreement, sensitive, flagged, sampled, returned (sent back, answered again), or schema (the "
        "questions changed: decide again)"
    )
    state: str = Field(description="open, decided, or returned (with the annotators)")
    opened_at: datetime
    opinions: int
    decided_by: PersonRef | None


class RaisedFlag(BaseModel):
    by: str
    reason: str | None


class Opinion(BaseModel):
    """One annotator's answer, under a name that tells nothing and is the same throughout the case."""

    annotator: str
    answers: dict[str, Any]
    stale: list[str] = Field(default=[], description="Questions that a change of the schema left without an answer.")
    notes: dict[str, str] = Field(default={}, description="Remarks on single questions.")
    active_ms: int
    submitted_at: datetime
    schema_version: int
    guideline_version: int
    revision: int


class QuestionOutcome(BaseModel):
    question: str
    value: Any
    agreed: bool
    share: float
    soft: dict[str, float]
    tally: dict[str, int]
    kept: bool = Field(default=False, description="One of several texts that nobody has voted on: somebody must look.")


class Decision(BaseModel):
    answers: dict[str, Any]
    notes: dict[str, str] = Field(default={}, description="The expert's remarks on single questions.")
    verdict: Annotated[Literal["accepted", "fixed"] | None, OrNewer()] = Field(
        description="Null where there was nothing to accept."
    )
    reason: str
    guideline_anchor: str | None
    guideline_title: str | None = Field(
        default=None, description="What the cited passage is called or, if it is gone, was called."
    )
    by: PersonRef
    at: datetime
    active_ms: int


class Return(BaseModel):
    """One time the case was sent back: why, and the flags that stood then."""

    reason: str
    guideline_anchor: str | None
    by: PersonRef
    at: datetime
    flags: list[str]


class Case(CaseSummary):
    """Everything an expert needs to decide."""

    record: Record
    flags: list[RaisedFlag]
    opinion_list: list[Opinion]
    outcomes: list[QuestionOutcome]
    proposed: dict[str, Any] | None = Field(description="The answer to accept or fix; null where people disagree.")
    returns: list[Return] = Field(description="When it was sent back, the latest first.")
    decision: Decision | None
    lease_expires_at: datetime | None = Field(description="Null while you do not hold the case.")


class NewAcceptance(Wire):
    answers: GivenAnswers | None = Field(
        default=None, description="The answer as you saw it; refused if it has changed since."
    )
    active_ms: ActiveMs = 0


class NewReturn(Wire):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] = Field(
        examples=["The second message takes the complaint back."]
    )
    annotators: list[str] | None = Field(
        default=None, min_length=1, max_length=50,
        description="Whom to ask, as the case names them; left out, everybody who answered or flagged.",
    )  # fmt: skip
    guideline_anchor: Annotated[str, StringConstraints(max_length=200)] | None = None
    active_ms: ActiveMs = 0


class NewDecision(Wire):
    answers: GivenAnswers
    notes: GivenNotes = Field(default={})
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        examples=["A refund is asked for first; the delay only explains it."]
    )
    guideline_anchor: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="The passage of the present guideline that says so, by its anchor."
    )
    active_ms: ActiveMs = 0


class CaseFilter(Wire):
    """Which of the cases that can be accepted together are meant: each part left out means any."""

    person_id: AnyId | None = Field(default=None, description="Answered by this person.")
    facets: list[str] = Field(default=[], max_length=20, description="Records with these: `key:value`.")


class AcceptPreview(BaseModel):
    """What accepting would touch, and what it would leave alone."""

    count: int = Field(description="Cases it would accept.")
    held: int = Field(description="Left alone: somebody has it in hand.")
    own: int = Field(description="Left alone: you annotated the record.")
    changed: int = Field(description="Left alone: answered under an earlier schema.")
    newest_task_id: int = Field(description="Pass on, so that nothing is accepted that came after this.")
    examples: list[CaseSummary]


class AcceptAll(Wire):
    filter: CaseFilter = CaseFilter()
    newest_task_id: AnyId = Field(description="From the preview.")


class Accepted(BaseModel):
    """Cases that were accepted together, or opened again together."""

    id: int
    count: int = Field(description="Cases it accepts, or opens again, without those it has to leave.")
    course: Course | None = Field(description="How far it has come; null for those of earlier versions.")


class ReviewPlan(ReviewRates):
    """By which rates agreed answers are drawn for a reviewer to look at."""

    share: float = Field(ge=0.0, le=1.0, description="Everybody's rate.", examples=[0.05])


class Feedback(BaseModel):
    """What a reviewer said about one of your answers."""

    id: int
    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    fields: dict[str, Any]
    verdict: Annotated[Literal["fixed", "returned", "answered"], OrNewer()] = Field(
        description="`answered` replies to a flag of yours."
    )
    reason: str
    guideline_anchor: str | None
    at: datetime
    questions: list[str] = Field(description="The questions that were changed.")
    mine: dict[str, Any] | None = Field(description="Your answer then; null for a flag.")
    accepted: dict[str, Any] | None = Field(description="What was accepted; null while you are to answer again.")
    notes: dict[str, str]


class Resolution(BaseModel):
    """The accepted answer to a record, or how far it is from one."""

    record_id: int
    external_id: str
    state: str
    method: Annotated[Literal["consensus", "adjudication", "expert"] | None, OrNewer()]
    answers: dict[str, Any]
    outcomes: list[QuestionOutcome]
    confidence: float | None = Field(description="Share of people behind the least certain question.")
    n_annotators: int
    schema_version: int
    guideline_version: int
    reviewed: Annotated[Literal["accepted", "fixed"] | None, OrNewer()] = Field(
        default=None, description="What a reviewer made of the agreed answer; null where none looked."
    )
    decided_by: PersonRef | None
    reason: str | None
    guideline_anchor: str | None = Field(default=None, description="The passage that an expert cited.")
    updated_at: datetime


class EdgeCaseDraft(Wire):
    """What an edge case shall say; what is left out is taken from the decision."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    excerpt: Annotated[str, StringConstraints(max_length=4000)] | None = None
    answer: Annotated[str, StringConstraints(max_length=1000)] | None = None
    why: Annotated[str, StringConstraints(max_length=4000)] | None = None


class EdgeCaseProposal(BaseModel):
    """What an edge case made of a decision would say."""

    title: str
    excerpt: str
    answer: str
    why: str
    sealed: bool = Field(description="The record is sensitive or held out: the edge case must not quote it.")
    anchor: str | None = Field(description="Of the edge case that this decision is already.")


class EdgeCaseMade(BaseModel):
    anchor: str
    title: str
    guideline_version: int


class Citations(BaseModel):
    """How many decisions cite a passage of the guideline."""

    anchor: str
    decisions: int
    made_of_task: int | None = Field(description="The case whose decision became this edge case.")


class CitingDecision(BaseModel):
    task_id: int
    record_id: int
    external_id: str
    reason: str
    by: PersonRef
    at: datetime
