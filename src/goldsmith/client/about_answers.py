"""What records are asked for by their answers, as the server takes it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Values = Mapping[str, str | int | Sequence[str | int]]
"""By question (or key), the value that its answer holds, or several of which one suffices: `{"topic": "refund"}`."""


def about_answers(
    answers: Values | None,
    given: Values | None,
    annotators: Sequence[int],
    answered_from: datetime | None,
    answered_until: datetime | None,
) -> dict[str, Any]:
    """Said only where it is asked for: a server that knows of no such filter then takes the rest."""
    asked = {
        "answer": pairs(answers),
        "given": pairs(given),
        "annotator": list(annotators),
        "answered_from": answered_from and _with_zone(answered_from).isoformat(),
        "answered_until": answered_until and _with_zone(answered_until).isoformat(),
    }
    return {name: value for name, value in asked.items() if value}


def pairs(values: Values | None) -> list[str]:
    """`key:value` for each value of each key, as filters name them."""
    return [f"{name}:{one}" for name, held in (values or {}).items() for one in _several(held)]


def _several(values: str | int | Sequence[str | int]) -> Sequence[str | int]:
    return [values] if isinstance(values, str | int) else values


def _with_zone(moment: datetime) -> datetime:
    """A time without a zone is meant as on this machine's clock."""
    return moment if moment.tzinfo else moment.astimezone()
