"""Outcomes as the present schema names them, whatever version they were reached under."""

from collections import Counter
from typing import Any

from goldsmith.server.features.projects import Carrier
from goldsmith.server.features.review.schemas import QuestionOutcome


def carried_outcomes(resolution: Any, carrier: Carrier) -> list[QuestionOutcome]:
    """The outcomes of the questions that are still asked; labels under their present values."""
    outcomes = [QuestionOutcome(**outcome) for outcome in resolution.questions]
    if resolution.schema_version == carrier.into:
        return outcomes
    moved = [_carried(one, carrier, resolution.schema_version) for one in outcomes]
    return [one for one in moved if one is not None]


def _carried(outcome: QuestionOutcome, carrier: Carrier, version: int) -> QuestionOutcome | None:
    name = carrier.question(outcome.question, version)
    if name is None:
        return None
    value = carrier.carry({outcome.question: outcome.value}, version).answers.get(name)
    soft: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    for label, votes in outcome.tally.items():
        now = carrier.label(outcome.question, label, version) or label
        tally[now] += votes
        soft[now] += outcome.soft.get(label, 0.0)  # type: ignore[assignment]
    shown = {label: share for label, share in soft.items() if share}
    return outcome.model_copy(update={"question": name, "value": value, "soft": shown, "tally": dict(tally)})
