"""The wire shapes of agreement and of the project's overview."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from goldsmith.server.features.accounts import PersonRef
from goldsmith.server.features.projects import Counts


class Estimate(BaseModel):
    """A number with its interval and what it rests on. Null where it is undefined, such as without any overlap."""

    value: float | None
    low: float | None
    high: float | None
    confidence: float = Field(description="Nominal coverage of the interval.")
    method: str = Field(description="How the interval was found.")
    n_items: int
    n_annotators: int
    n_ratings: int


class LabelAgreement(BaseModel):
    label: Any
    alpha: Estimate


class PairAgreement(BaseModel):
    a: PersonRef
    b: PersonRef
    kappa: Estimate


class QuestionAgreement(BaseModel):
    """How far people agree on one question."""

    question: str
    title: str
    type: str
    level: str = Field(description="How answers are compared: nominal, ordinal, or masi for sets.")
    percent: Estimate
    alpha: Estimate = Field(description="Krippendorff's alpha.")
    by_label: list[LabelAgreement]
    by_pair: list[PairAgreement] = Field(description="Cohen's kappa; the pairs that share most records.")
    n_pairs: int


class ProjectAgreement(BaseModel):
    """Agreement of the whole project, over every answer that counts now."""

    n_annotations: int
    questions: list[QuestionAgreement]


class PersonWork(BaseModel):
    person: PersonRef
    submitted: int
    skipped: int
    flagged: int
    submitted_today: int
    mean_active_ms: int | None = Field(description="Mean time worked per answer.")


class DayWork(BaseModel):
    day: date
    submitted: int
    active_ms: int


class Overview(BaseModel):
    counts: Counts
    by_person: list[PersonWork]
    by_day: list[DayWork]


class ErrorRate(BaseModel):
    """A share of answers with an error, estimated from those that were drawn for review."""

    value: float | None = Field(description="Null while nothing that was drawn has been reviewed.")
    low: float
    high: float
    confidence: float = Field(description="Nominal coverage of the interval.")
    n: int = Field(description="Reviewed answers it rests on.")


class PersonErrors(BaseModel):
    person: PersonRef
    rate: ErrorRate
    accepted: int = Field(description="Answers let stand, however they came to a reviewer.")
    fixed: int
    sent_back: int


class ReviewedWork(BaseModel):
    """What reviewers found, of all answers together and person by person."""

    overall: ErrorRate
    people: list[PersonErrors]
