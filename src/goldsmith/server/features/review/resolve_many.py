"""Settle many records at once: their answers are read in one statement, what they come to is written in one.

For deeds that touch many records: answers from another tool, a change of the schema, a person's erasure, records that
come back. What happens to each record is what `resolve` does with it alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from goldsmith.server.features.annotation import ManyAnswersChanged, Opinion, opinions_on_many
from goldsmith.server.features.assignment import Stage, find_tasks, may_ask_one_more
from goldsmith.server.features.projects import Judging
from goldsmith.server.features.records import sensitive_among, set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.draw import Draw
from goldsmith.server.features.review.settling import Found, Settled, carry_out, resolution_of, settled
from goldsmith.server.foundation.portions import portions


def on_many_answers_changed(tx: Connection, news: ManyAnswersChanged) -> None:
    """Settle these records anew from the answers that count now."""
    settle_many(tx, news.rules, news.record_ids, news.now)


def settle_many(
    tx: Connection, rules: Judging, record_ids: Sequence[int], now: datetime,
    *, opinions: Sequence[Opinion] | None = None,
) -> None:  # fmt: skip
    """Settle records anew from their answers and their tasks as they are; those an expert decided stay so.

    `opinions` are all their answers that count, where somebody has read them already.
    """
    known = None if opinions is None else _by_record(opinions)
    drawing = Draw(tx, rules, *store.plan_of(tx, rules.project_id))
    for ids in portions(sorted(set(record_ids))):
        records = [settled(rules, found) for found in _look_up(tx, rules, ids, drawing, known)]
        if records:
            _write(tx, rules, records, now)


def _by_record(opinions: Sequence[Opinion]) -> dict[int, list[Opinion]]:
    found: dict[int, list[Opinion]] = defaultdict(list)
    for one in opinions:
        found[one.row.record_id].append(one)
    return found


def _look_up(
    tx: Connection, rules: Judging, record_ids: Sequence[int], drawing: Draw, known: dict[int, list[Opinion]] | None
) -> list[Found]:
    decided, cases = store.decided_among(tx, record_ids), store.cases_on(tx, record_ids)
    tasks, sensitive = find_tasks(tx, record_ids, Stage.ANNOTATE), sensitive_among(tx, record_ids)
    opinions = _by_record(opinions_on_many(tx, rules, record_ids)) if known is None else known
    may_ask_more, found = partial(may_ask_one_more, tx, rules.project_id), []
    for record_id in record_ids:
        if record_id not in decided:
            task, case = tasks[record_id], cases.get(record_id)
            found.append(Found(
                record_id, task.id, task.target, task.done, opinions[record_id],
                case.state if case else None, case.why if case else None,
                is_sensitive=record_id in sensitive, draw=drawing.chance_of,
                may_ask_more=may_ask_more if task.needs_id else _anybody,
            ))  # fmt: skip
    return found


def _anybody(*_: int) -> bool:
    return True


def _write(tx: Connection, rules: Judging, records: Sequence[Settled], now: datetime) -> None:
    carry_out(tx, rules, records, now)
    store.put_resolutions(tx, [resolution_of(rules, one, now) for one in records])
    set_states(tx, rules.project_id, {one.found.record_id: one.next.state for one in records})
