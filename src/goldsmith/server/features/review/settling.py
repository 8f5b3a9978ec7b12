"""The rule by which a record is settled, alone or among many: what its answers come to, and what happens next.

Answers stale, too few left?  -> in progress, or with the expert who has the case
All asked have answered?  no  -> in progress
                          yes -> an expert must look (sensitive)         -> a case
                                 people agree by the project's rule      -> resolved by consensus; some are drawn for
                                                                            a reviewer, who looks all the same
                                 more people may still be asked          -> one more is asked
                                 otherwise                               -> a case
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import Opinion
from goldsmith.server.features.assignment import ask_one_more
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.review.cases import (
    LOOKS,
    CaseState,
    Opening,
    Why,
    open_cases,
    turn_into_looks,
    withdraw_cases,
)
from goldsmith.server.features.review.consensus import Outcome, confidence_of, is_settled, settle


@dataclass(frozen=True, slots=True)
class Found:
    """What the rule looks at. `draw` and `may_ask_more` are asked only where it comes to that."""

    record_id: int
    task_id: int
    target: int
    done: int
    opinions: Sequence[Opinion]
    case_state: str | None
    case_why: str | None
    is_sensitive: bool
    draw: Callable[[int, Sequence[int]], float | None]
    may_ask_more: Callable[[int, int], bool]

    @property
    def has_open_case(self) -> bool:
        """Whether an expert is asked about the record now."""
        return self.case_state == CaseState.OPEN


class Step(Enum):
    """What is done about a record beside writing down what it came to."""

    NOTHING = auto()
    ASK_ONE_MORE = auto()
    OPEN_CASE = auto()
    WITHDRAW_CASE = auto()
    TURN_INTO_LOOK = auto()


@dataclass(frozen=True, slots=True)
class _Next:
    state: str
    step: Step = Step.NOTHING
    why: Why = Why.DISAGREEMENT
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the rule made of a record."""

    found: Found
    outcomes: list[Outcome]
    next: _Next


def settled(rules: Judging, found: Found) -> Settled:
    """Let the answers vote, and say what follows."""
    answers = [one.carried.answers for one in found.opinions]
    outcomes = settle(rules.questions, answers, rules.policy) if answers else []
    return Settled(found, outcomes, _next(rules, found, outcomes))


def carry_out(tx: Connection, rules: Judging, records: Sequence[Settled], now: datetime) -> None:
    """Ask whom the rule wants asked about these records, and ask nobody whom it does not."""
    by_step: dict[Step, list[Settled]] = {}
    for one in records:
        by_step.setdefault(one.next.step, []).append(one)
    if several := by_step.get(Step.ASK_ONE_MORE):
        ask_one_more(tx, [one.found.task_id for one in several])
    if several := by_step.get(Step.OPEN_CASE):
        wanted = {one.found.record_id: Opening(one.next.why, one.next.chance) for one in several}
        open_cases(tx, rules.project_id, wanted, now)
    if several := by_step.get(Step.WITHDRAW_CASE):
        withdraw_cases(tx, [one.found.record_id for one in several])
    if several := by_step.get(Step.TURN_INTO_LOOK):
        turn_into_looks(tx, {one.found.record_id: one.next.chance or 0.0 for one in several})


def resolution_of(rules: Judging, one: Settled, now: datetime) -> dict[str, Any]:
    """The row that says what the answers come to."""
    is_resolved = one.next.state == "resolved"
    return {
        "record_id": one.found.record_id, "project_id": rules.project_id, "state": one.next.state,
        "method": "consensus" if is_resolved else None,
        "answers": _accepted(one.outcomes) if is_resolved else {}, "questions": one.outcomes,
        "confidence": confidence_of(one.outcomes) if one.outcomes else None, "n_annotators": len(one.found.opinions),
        "schema_version": rules.schema_version, "guideline_version": rules.guideline_version, "decision_id": None,
        "updated_at": now,
    }  # fmt: skip


def _accepted(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The value of every question that has one."""
    return {outcome.question: outcome.value for outcome in outcomes if outcome.value is not None}


def _next(rules: Judging, found: Found, outcomes: list[Outcome]) -> _Next:
    if _waits_for_stale(rules, found.opinions):
        return _Next("disputed" if found.has_open_case else "in_progress")
    if found.has_open_case and found.case_why in (Why.FLAGGED, Why.SCHEMA):
        return _Next("disputed")
    if found.done < found.target or not outcomes:
        step = Step.WITHDRAW_CASE if found.has_open_case else Step.NOTHING
        return _Next("in_progress" if outcomes else "new", step)
    if found.is_sensitive:
        return _Next("disputed", Step.OPEN_CASE, Why.SENSITIVE)
    if is_settled(outcomes):
        return _agreed(found)
    more = found.target < rules.policy.max_annotators and not rules.policy.reserved_only
    if more and found.may_ask_more(found.record_id, found.task_id):
        return _Next("in_progress", Step.ASK_ONE_MORE)
    return _Next("disputed", Step.OPEN_CASE, Why.DISAGREEMENT)


def _waits_for_stale(rules: Judging, opinions: Sequence[Opinion]) -> bool:
    """Whether a change of the schema has left fewer whole answers than the project asks for at first."""
    n_stale = sum(bool(one.carried.stale) for one in opinions)
    return n_stale > 0 and len(opinions) - n_stale < rules.policy.overlap


def _agreed(found: Found) -> _Next:
    """People agree: a record that was sent back returns to its reviewer, others are drawn or not."""
    if found.has_open_case and found.case_why in LOOKS:
        return _Next("resolved")
    if found.case_state == CaseState.RETURNED:
        return _Next("resolved", Step.OPEN_CASE, Why.RETURNED)
    chance = found.draw(found.record_id, [one.row.person_id for one in found.opinions])
    if found.has_open_case:
        step = Step.WITHDRAW_CASE if chance is None else Step.TURN_INTO_LOOK
        return _Next("resolved", step, chance=chance)
    return _Next("resolved") if chance is None else _Next("resolved", Step.OPEN_CASE, Why.SAMPLED, chance)
