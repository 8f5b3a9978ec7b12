"""What the votes on one question come to, and when a share of votes is enough."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from goldsmith.server.features.projects import Consensus

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the votes on one question come to.

    `share` is the part of people behind the value; where a value has parts that are voted on one by one (the options
    of a multi_label, the passages of a span question, the pairs of a ranking), behind its least certain part. `soft`
    is the part of people behind each answer or part; `tally` the same as counts. `kept` marks a text or rewrite that is
    one of several different ones: it stands with the rest of the outcome, but nobody has agreed on it.
    """

    question: str
    value: Any
    agreed: bool
    share: float
    soft: dict[str, float]
    tally: dict[str, int]
    kept: bool = False


def outcome(name: str, value: Any, tally: dict[str, int], n: int, *, agreed: bool, share: float) -> Outcome:
    """An outcome whose soft label is its tally over `n` people."""
    return Outcome(name, value, agreed, share, {part: votes / n for part, votes in tally.items()}, tally)


def satisfies(votes: int, n: int, rule: Consensus) -> bool:
    """Whether `votes` of `n` people are enough by the project's rule."""
    if rule.rule == "unanimous":
        return votes == n
    if rule.rule == "majority":
        return votes * 2 > n
    return votes / n >= rule.share - _ROUNDING


def is_settled(outcomes: Sequence[Outcome]) -> bool:
    """Whether people agree on every question."""
    return all(one.agreed for one in outcomes)


def confidence_of(outcomes: Sequence[Outcome]) -> float:
    """The share behind the least certain question."""
    return min((one.share for one in outcomes), default=1.0)


def written(value: Hashable) -> str:
    """An answer as a key of a tally; the empty text for none."""
    return "" if value is None else str(value)
