"""How far annotators agree, beyond chance, with intervals."""

from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.steps import Shape


class Estimate(Shape):
    """A number with its interval and what it rests on; null where it is undefined."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float
    method: str
    n_items: int
    n_annotators: int
    n_ratings: int


class LabelAgreement(Shape):
    """Agreement on one label against all others."""

    label: Any = None
    alpha: Estimate


class PairAgreement(Shape):
    """Agreement of two people."""

    a: PersonRef
    b: PersonRef
    kappa: Estimate


class QuestionAgreement(Shape):
    """How far annotators agree on one question, beyond chance."""

    question: str
    title: str
    type: str
    level: str
    percent: Estimate
    alpha: Estimate
    by_label: list[LabelAgreement] = []
    by_pair: list[PairAgreement] = []
    n_pairs: int


class Agreement(Shape):
    """How far annotators agree, per question."""

    n_annotations: int
    questions: list[QuestionAgreement]
