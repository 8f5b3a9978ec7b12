"""Votes on answers taken whole: a label, a step of a scale, a side."""

from collections import Counter
from collections.abc import Hashable, Sequence
from statistics import median_low
from typing import Any

from goldsmith.server.features.projects import Consensus, Policy, PreferenceQuestion, RatingQuestion
from goldsmith.server.features.review.consensus.outcome import Outcome, outcome, satisfies, written


def vote_on_one(name: str, values: Sequence[Hashable], rule: Consensus) -> Outcome:
    """The most frequent answer; agreed when it leads alone and by the rule."""
    tally = Counter(values)
    (leader, votes), *rest = tally.most_common()
    is_tied = bool(rest) and rest[0][1] == votes
    n = len(values)
    told = {written(value): count for value, count in tally.items()}
    return outcome(name, leader, told, n, agreed=not is_tied and satisfies(votes, n, rule), share=votes / n)


def vote_on_scale(question: RatingQuestion, values: list[int | None], policy: Policy) -> Outcome:
    """As for a label; ratings within the tolerance also agree, on their median."""
    vote = vote_on_one(question.name, values, policy.consensus)
    given = [value for value in values if value is not None]
    is_close = len(given) == len(values) and max(given) - min(given) <= policy.rating_tolerance
    if vote.agreed or not is_close:
        return vote
    return Outcome(question.name, median_low(given), True, vote.share, vote.soft, vote.tally)


def vote_on_sides(question: PreferenceQuestion, values: list[dict[str, Any] | None], rule: Consensus) -> Outcome:
    """As for a label; the strength is the median of those who chose the side."""
    vote = vote_on_one(question.name, [value["choice"] if value else None for value in values], rule)
    if vote.value is None:
        return vote
    strengths = [
        value["strength"] for value in values if value and value["choice"] == vote.value and "strength" in value
    ]
    value = {"choice": vote.value} | ({"strength": median_low(strengths)} if strengths else {})
    return Outcome(question.name, value, vote.agreed, vote.share, vote.soft, vote.tally)
