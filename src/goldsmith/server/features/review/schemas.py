"""The wire shapes of cases, decisions and resolutions."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.annotation import ActiveMs, GivenAnswers
from goldsmith.server.features.records import Record


class CaseSummary(BaseModel):
    task_id: int
    record_id: int
    external_id: str
    excerpt: str
    why: str = Field(description="disagreement, sensitive, flagged or sampled")
    state: str
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


class Decision(BaseModel):
    answers: dict[str, Any]
    reason: str
    guideline_anchor: str | None
    by: PersonRef
    at: datetime
    active_ms: int


class Case(CaseSummary):
    """Everything an expert needs to decide."""

    record: Record
    flags: list[RaisedFlag]
    opinion_list: list[Opinion]
    outcomes: list[QuestionOutcome]
    decision: Decision | None
    lease_expires_at: datetime | None = Field(description="Null while you do not hold the case.")


class NewDecision(Wire):
    answers: GivenAnswers
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        examples=["A refund is asked for first; the delay only explains it."]
    )
    guideline_anchor: Annotated[str, StringConstraints(max_length=200)] | None = None
    active_ms: ActiveMs = 0


class Resolution(BaseModel):
    """The accepted answer to a record, or how far it is from one."""

    record_id: int
    external_id: str
    state: str
    method: Literal["consensus", "adjudication", "expert"] | None
    answers: dict[str, Any]
    outcomes: list[QuestionOutcome]
    confidence: float | None = Field(description="Share of people behind the least certain question.")
    n_annotators: int
    schema_version: int
    guideline_version: int
    decided_by: PersonRef | None
    reason: str | None
    updated_at: datetime
