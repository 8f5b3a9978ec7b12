"""What records came to that are deleted, come back, or are erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, update

from goldsmith.server.features.annotation import answers_on
from goldsmith.server.features.projects import Judging, judging
from goldsmith.server.features.records import RecordsErased, RecordsRestored, set_states
from goldsmith.server.features.review import store
from goldsmith.server.features.review.follow_schema import follow
from goldsmith.server.features.review.tables import cases, decisions, resolutions
from goldsmith.server.foundation.portions import portions


def on_records_restored(tx: Connection, news: RecordsRestored) -> None:
    """Records take the state of what they came to, and catch up with what has changed while they were away."""
    rules = judging(tx, news.project_id)
    for ids in portions(news.record_ids):
        came_to = store.resolutions_on(tx, ids)
        set_states(tx, news.project_id, {record_id: row.state for record_id, row in came_to.items()})
        if behind := _behind(tx, rules, list(came_to.values())):
            follow(tx, rules, behind, news.now)


def _behind(tx: Connection, rules: Judging, came_to: Sequence[Any]) -> list[int]:
    """Records with a schema or with answers that are others than when they were settled."""
    n_answers = answers_on(tx, [row.record_id for row in came_to])
    return [
        row.record_id
        for row in came_to
        if row.schema_version != rules.schema_version or row.n_annotators != n_answers.get(row.record_id, 0)
    ]


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """Resolutions are derived and go; experts' decisions stay as rows without content."""
    ids = list(news.record_ids)
    tx.execute(delete(resolutions).where(resolutions.c.record_id.in_(ids)))
    tx.execute(delete(cases).where(cases.c.record_id.in_(ids)))
    nothing = dict.fromkeys(("notes", "guideline_anchor", "sent_to", "stood_before")) | {"answers": {}, "reason": ""}
    tx.execute(update(decisions).where(decisions.c.record_id.in_(ids)).values(**nothing))
