"""From several people's answers to one: the vote on each question, and whether it settles the question.

A question is settled when the leading answer's share satisfies the project's rule. What a vote means depends on the
question: one option (label), each option in or out (multi_label), each marked passage in or out (span), a step of
the scale (rating, where answers within the tolerance also agree on their median), a side (preference), each pair of
candidates (ranking). Free text and rewrites cannot be voted on: they never block, and the one kept is that of the
person who agrees with the outcome of the other questions most (the first on a tie). With one person every question
is settled. An optional question left open counts as a vote for leaving it open; a required one has no value only where
a change of the schema has made the answer stale, and a stale answer does not vote. A question that depends on another
is voted on by those it was put to, and only where the other's outcome asks for it.
"""

from collections.abc import Sequence
from typing import Any

from goldsmith.server.features.projects import (
    Answers,
    EditQuestion,
    MultiLabelQuestion,
    Policy,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
    TextQuestion,
    is_asked,
)
from goldsmith.server.features.review.consensus.order import vote_on_order
from goldsmith.server.features.review.consensus.outcome import Outcome, confidence_of, is_settled
from goldsmith.server.features.review.consensus.parts import vote_on_set, vote_on_spans
from goldsmith.server.features.review.consensus.whole import vote_on_one, vote_on_scale, vote_on_sides

__all__ = ["Outcome", "confidence_of", "is_settled", "settle"]


def settle(questions: Sequence[QuestionBase], opinions: Sequence[Answers], policy: Policy) -> list[Outcome]:
    """The outcome of every question, in the schema's order. Needs at least one opinion."""
    voted: dict[str, Outcome] = {}
    accepted: Answers = {}
    for question in questions:
        if not isinstance(question, TextQuestion | EditQuestion):
            voted[question.name] = one = _vote(question, accepted, opinions, policy)
            accepted |= {question.name: one.value}
    kept = _closest_opinion(list(voted.values()), opinions)
    return [voted.get(question.name) or _keep(question, accepted, opinions, kept) for question in questions]


def _vote(question: QuestionBase, accepted: Answers, opinions: Sequence[Answers], policy: Policy) -> Outcome:
    asked = [one for one in opinions if is_asked(question, one)]
    if not asked or not is_asked(question, accepted):
        return _not_asked(question.name)
    values = [one.get(question.name) for one in asked]
    if question.required:
        values = [value for value in values if value is not None]
    if not values:
        return Outcome(question.name, None, False, 0.0, {}, {})
    rule = policy.consensus
    match question:
        case MultiLabelQuestion():
            return vote_on_set(question, values, rule)
        case SpanQuestion():
            return vote_on_spans(question, values, policy)
        case RatingQuestion():
            return vote_on_scale(question, values, policy)
        case PreferenceQuestion():
            return vote_on_sides(question, values, rule)
        case RankingQuestion():
            return vote_on_order(question, values, rule)
        case _:
            return vote_on_one(question.name, values, rule)


def _keep(question: QuestionBase, accepted: Answers, opinions: Sequence[Answers], kept: int) -> Outcome:
    if not is_asked(question, accepted):
        return _not_asked(question.name)
    given: list[Any] = [one.get(question.name) for one in opinions]
    told = {"given": sum(value is not None for value in given)}
    is_one_of_several = any(value != given[0] for value in given)
    return Outcome(question.name, given[kept], True, 1.0, {}, told, is_one_of_several)


def _not_asked(name: str) -> Outcome:
    return Outcome(name, None, True, 1.0, {}, {})


def _closest_opinion(outcomes: Sequence[Outcome], opinions: Sequence[Answers]) -> int:
    matches = [sum(one.get(o.question) == o.value for o in outcomes) for one in opinions]
    return matches.index(max(matches))
