"""From several people's answers to one: the vote on each question, and whether it settles the question.

A question is settled when the leading answer's share satisfies the project's rule. What a vote means depends on the
question: one option (label), each option in or out (multi_label), a step of the scale (rating, where answers within
the tolerance also agree on their median), or a side (preference). Free text cannot be voted on: it never blocks, and
the text kept is that of the person who agrees with the outcome of the other questions most (the first on a tie).
With one person every question is settled. An optional question left open counts as a vote for leaving it open.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from goldsmith.server.features.projects import (
    Answers,
    Consensus,
    MultiLabelQuestion,
    Policy,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
    TextQuestion,
)

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the votes on one question come to.

    `share` is the part of people behind the value (for multi_label: behind the least certain option); `soft` the
    part of people behind each answer; `tally` the same as counts.
    """

    question: str
    value: Any
    agreed: bool
    share: float
    soft: dict[str, float]
    tally: dict[str, int]


def settle(questions: Sequence[QuestionBase], opinions: Sequence[Answers], policy: Policy) -> list[Outcome]:
    """The outcome of every question, in the schema's order. Needs at least one opinion."""
    voted = {
        question.name: _vote(question, [one.get(question.name) for one in opinions], policy)
        for question in questions
        if not isinstance(question, TextQuestion)
    }
    kept = _closest_opinion(list(voted.values()), opinions)
    return [voted.get(question.name) or _text(question.name, opinions, kept) for question in questions]


def is_settled(outcomes: Sequence[Outcome]) -> bool:
    """Whether people agree on every question."""
    return all(outcome.agreed for outcome in outcomes)


def confidence_of(outcomes: Sequence[Outcome]) -> float:
    """The share behind the least certain question."""
    return min((outcome.share for outcome in outcomes), default=1.0)


def _vote(question: QuestionBase, values: list[Any], policy: Policy) -> Outcome:
    if isinstance(question, MultiLabelQuestion):
        return _vote_on_set(question, values, policy.consensus)
    if isinstance(question, RatingQuestion):
        return _vote_on_scale(question, values, policy)
    if isinstance(question, PreferenceQuestion):
        return _vote_on_sides(question, values, policy.consensus)
    return _vote_on_one(question.name, values, policy.consensus)


def _vote_on_one(name: str, values: Sequence[Hashable], rule: Consensus) -> Outcome:
    tally = Counter(values)
    (leader, votes), *rest = tally.most_common()
    is_tied = bool(rest) and rest[0][1] == votes
    total = len(values)
    return Outcome(
        question=name,
        value=leader,
        agreed=not is_tied and _satisfies(votes, total, rule),
        share=votes / total,
        soft={_written(value): count / total for value, count in tally.items()},
        tally={_written(value): count for value, count in tally.items()},
    )


def _vote_on_set(question: MultiLabelQuestion, values: list[list[str] | None], rule: Consensus) -> Outcome:
    total = len(values)
    tally = Counter(option for value in values for option in value or ())
    ins = {option.value: tally.get(option.value, 0) for option in question.options}
    sure = {value: max(votes, total - votes) for value, votes in ins.items()}
    return Outcome(
        question=question.name,
        value=[value for value, votes in ins.items() if votes * 2 > total],
        agreed=all(_satisfies(votes, total, rule) for votes in sure.values()),
        share=min(sure.values()) / total,
        soft={value: votes / total for value, votes in ins.items() if votes},
        tally={value: votes for value, votes in ins.items() if votes},
    )


def _vote_on_scale(question: RatingQuestion, values: list[int | None], policy: Policy) -> Outcome:
    vote = _vote_on_one(question.name, values, policy.consensus)
    given = [value for value in values if value is not None]
    is_close = len(given) == len(values) and max(given) - min(given) <= policy.rating_tolerance
    if vote.agreed or not is_close:
        return vote
    return Outcome(question.name, median_low(given), True, vote.share, vote.soft, vote.tally)


def _vote_on_sides(question: PreferenceQuestion, values: list[dict[str, Any] | None], rule: Consensus) -> Outcome:
    vote = _vote_on_one(question.name, [value["choice"] if value else None for value in values], rule)
    if vote.value is None:
        return vote
    strengths = [
        value["strength"] for value in values if value and value["choice"] == vote.value and "strength" in value
    ]
    value = {"choice": vote.value} | ({"strength": median_low(strengths)} if strengths else {})
    return Outcome(question.name, value, vote.agreed, vote.share, vote.soft, vote.tally)


def _text(name: str, opinions: Sequence[Answers], kept: int) -> Outcome:
    given = sum(1 for one in opinions if one.get(name))
    return Outcome(name, opinions[kept].get(name), True, 1.0, {}, {"given": given})


def _closest_opinion(outcomes: Sequence[Outcome], opinions: Sequence[Answers]) -> int:
    matches = [sum(one.get(o.question) == o.value for o in outcomes) for one in opinions]
    return matches.index(max(matches))


def _satisfies(votes: int, total: int, rule: Consensus) -> bool:
    if rule.rule == "unanimous":
        return votes == total
    if rule.rule == "majority":
        return votes * 2 > total
    return votes / total >= rule.share - _ROUNDING


def _written(value: Hashable) -> str:
    return "" if value is None else str(value)
