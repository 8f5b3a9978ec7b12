"""Keep each record's resolution current: called in the transaction of whatever changed its answers.

Answers stale, too few left?  -> in progress, or with the expert who has the case
All asked have answered?  no  -> in progress
                          yes -> an expert must look (sensitive)         -> a case
                                 people agree by the project's rule      -> resolved by consensus; some are drawn for
                                                                            a reviewer, who looks all the same
                                 more people may still be asked          -> one more is asked
                                 otherwise                               -> a case
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.annotation import AnswersChanged, FlagWithdrawn, Opinion, RecordFlagged, opinions_on
from goldsmith.server.features.assignment import Stage, ask_nobody_else, ask_one_more, find_task, flags_on, set_target
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.records import is_sensitive, set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import (
    LOOKS,
    CaseState,
    Why,
    open_case,
    turn_into_look,
    withdraw_case,
)
from goldsmith.server.features.review.consensus import Outcome, confidence_of, is_settled, settle
from goldsmith.server.features.review.draw import draw


def on_answers_changed(tx: Connection, news: AnswersChanged) -> None:
    """Settle the record anew from the answers that count now."""
    standing = store.standing_of(tx, news.rules.project_id, news.record_id)
    if standing.decision_id is not None:
        return
    opinions = opinions_on(tx, news.rules, news.record_id)
    answers = [one.carried.answers for one in opinions]
    outcomes = settle(news.rules.questions, answers, news.rules.policy) if answers else []
    if _waits_for_stale(news.rules, opinions):
        state = "disputed" if standing.case_state == CaseState.OPEN else "in_progress"
    else:
        state = _next_state(tx, news, outcomes, standing, [one.row.person_id for one in opinions])
    write_resolution(tx, news, outcomes, state=state, n_annotators=len(answers))


def on_record_flagged(tx: Connection, news: RecordFlagged) -> None:
    """An expert decides; annotators who have not begun are not asked any more."""
    task = find_task(tx, news.record_id, Stage.ANNOTATE)
    assert task is not None
    ask_nobody_else(tx, task.id, task.taken)
    open_case(tx, news.rules.project_id, news.record_id, Why.FLAGGED, news.now)
    settle_again(tx, news.rules, news.record_id, news.now)


def on_flag_withdrawn(tx: Connection, news: FlagWithdrawn) -> None:
    """Without another flag the record goes back to the annotators."""
    if not flags_on(tx, news.record_id):
        case = store.find_case(tx, news.record_id)
        if case is not None and case.why == Why.FLAGGED:
            withdraw_case(tx, news.record_id)
        task = find_task(tx, news.record_id, Stage.ANNOTATE)
        assert task is not None
        set_target(tx, task.id, max(task.taken, news.rules.policy.overlap))
    settle_again(tx, news.rules, news.record_id, news.now)


def write_resolution(
    tx: Connection, news: AnswersChanged, outcomes: list[Outcome], *, state: str, n_annotators: int
) -> None:
    """Store what the answers come to, and the record's state."""
    rules, is_resolved = news.rules, state == "resolved"
    store.put_resolution(
        tx,
        record_id=news.record_id,
        project_id=rules.project_id,
        state=state,
        method="consensus" if is_resolved else None,
        answers=answers_of(outcomes) if is_resolved else {},
        questions=outcomes,
        confidence=confidence_of(outcomes) if outcomes else None,
        n_annotators=n_annotators,
        schema_version=rules.schema_version,
        guideline_version=rules.guideline_version,
        decision_id=None,
        updated_at=news.now,
    )
    set_states(tx, rules.project_id, {news.record_id: state})


def answers_of(outcomes: list[Outcome]) -> dict[str, Any]:
    """The accepted value of every question that has one."""
    return {outcome.question: outcome.value for outcome in outcomes if outcome.value is not None}


def _waits_for_stale(rules: Judging, opinions: Sequence[Opinion]) -> bool:
    """Whether a change of the schema has left fewer whole answers than the project asks for at first."""
    n_stale = sum(bool(one.carried.stale) for one in opinions)
    return n_stale > 0 and len(opinions) - n_stale < rules.policy.overlap


def _next_state(tx: Connection, news: AnswersChanged, outcomes: list[Outcome], standing: Any, people: list[int]) -> str:
    is_open = standing.case_state == CaseState.OPEN
    if is_open and standing.why in (Why.FLAGGED, Why.SCHEMA):
        return "disputed"
    if news.done < news.target or not outcomes:
        if is_open:
            withdraw_case(tx, news.record_id)
        return "in_progress" if outcomes else "new"
    if is_sensitive(tx, news.record_id):
        return _ask_expert(tx, news, Why.SENSITIVE)
    if is_settled(outcomes):
        _let_reviewer_look(tx, news, standing, people)
        return "resolved"
    if news.target < news.rules.policy.max_annotators and not news.rules.policy.reserved_only:
        ask_one_more(tx, news.task_id, news.target)
        return "in_progress"
    return _ask_expert(tx, news, Why.DISAGREEMENT)


def _let_reviewer_look(tx: Connection, news: AnswersChanged, standing: Any, people: list[int]) -> None:
    """People agree: a record that was sent back returns to its reviewer, others are drawn or not."""
    is_open = standing.case_state == CaseState.OPEN
    if is_open and standing.why in LOOKS:
        return
    if standing.case_state == CaseState.RETURNED:
        return open_case(tx, news.rules.project_id, news.record_id, Why.RETURNED, news.now)
    chance = draw(tx, news.rules, news.record_id, people, standing)
    if is_open and chance is None:
        withdraw_case(tx, news.record_id)
    elif is_open and chance is not None:
        turn_into_look(tx, news.record_id, chance)
    elif chance is not None:
        open_case(tx, news.rules.project_id, news.record_id, Why.SAMPLED, news.now, chance=chance)


def _ask_expert(tx: Connection, news: AnswersChanged, why: Why) -> str:
    open_case(tx, news.rules.project_id, news.record_id, why, news.now)
    return "disputed"


def settle_again(tx: Connection, rules: Judging, record_id: int, now: datetime) -> None:
    """Settle a record anew from its answers and its task as they are."""
    task = find_task(tx, record_id, Stage.ANNOTATE)
    assert task is not None
    on_answers_changed(tx, AnswersChanged(rules, record_id, task.id, task.target, task.taken, task.done, now))
