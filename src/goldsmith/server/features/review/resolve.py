"""Keep each record's resolution current: called in the transaction of whatever changed its answers.

One record here, which happens at every answer, with a few prepared statements; many at once in `resolve_many`. The rule
is the same (`settling`).
"""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from goldsmith.server.features.annotation import AnswersChanged, FlagWithdrawn, RecordFlagged, opinions_on
from goldsmith.server.features.assignment import (
    Stage,
    ask_nobody_else,
    find_task,
    flags_on,
    may_ask_one_more,
    set_target,
)
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.records import set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.cases import Why, open_case, withdraw_cases
from goldsmith.server.features.review.draw import Draw
from goldsmith.server.features.review.settling import Found, carry_out, resolution_of, settled
from goldsmith.server.features.review.tell import tell_flagged, unsay_flag


def on_answers_changed(tx: Connection, news: AnswersChanged) -> None:
    """Settle the record anew from the answers that count now."""
    rules = news.rules
    standing = store.standing_of(tx, rules.project_id, news.record_id)
    if standing.decision_id is not None:
        return
    opinions = opinions_on(tx, rules, news.record_id)
    found = Found(
        news.record_id, news.task_id, news.target, news.done, opinions, standing.case_state, standing.why,
        is_sensitive=standing.sensitive, draw=Draw(tx, rules, standing.seed, standing.plan).chance_of,
        may_ask_more=partial(may_ask_one_more, tx, rules.project_id),
    )  # fmt: skip
    one = settled(rules, found)
    carry_out(tx, rules, [one], news.now)
    store.put_resolution(tx, **resolution_of(rules, one, news.now))
    set_states(tx, rules.project_id, {news.record_id: one.next.state})


def on_record_flagged(tx: Connection, news: RecordFlagged) -> None:
    """An expert decides; annotators who have not begun are not asked any more."""
    task = find_task(tx, news.record_id, Stage.ANNOTATE)
    assert task is not None
    ask_nobody_else(tx, task.id, task.taken)
    open_case(tx, news.rules.project_id, news.record_id, Why.FLAGGED, news.now)
    tell_flagged(tx, news.by, news.rules, news.record_id, reason=news.reason)
    settle_again(tx, news.rules, news.record_id, news.now)


def on_flag_withdrawn(tx: Connection, news: FlagWithdrawn) -> None:
    """Without another flag the record goes back to the annotators."""
    unsay_flag(tx, news.by, news.record_id)
    if not flags_on(tx, news.record_id):
        case = store.find_case(tx, news.record_id)
        if case is not None and case.why == Why.FLAGGED:
            withdraw_cases(tx, [news.record_id])
        task = find_task(tx, news.record_id, Stage.ANNOTATE)
        assert task is not None
        set_target(tx, task.id, max(task.taken, news.rules.policy.overlap))
    settle_again(tx, news.rules, news.record_id, news.now)


def settle_again(tx: Connection, rules: Judging, record_id: int, now: datetime) -> None:
    """Settle a record anew from its answers and its task as they are."""
    task = find_task(tx, record_id, Stage.ANNOTATE)
    assert task is not None
    on_answers_changed(tx, AnswersChanged(rules, record_id, task.id, task.target, task.taken, task.done, now))
