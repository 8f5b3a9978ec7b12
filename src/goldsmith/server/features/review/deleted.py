"""What records came to that are deleted, come back, or are erased."""

from sqlalchemy import Connection, delete, select, update

from goldsmith.server.features.records import RecordsErased, RecordsRestored, set_states
from goldsmith.server.features.review.tables import cases, decisions, resolutions


def on_records_restored(tx: Connection, news: RecordsRestored) -> None:
    """Records take the state of what they came to: a change of the schema may have settled them anew meanwhile."""
    of_these = select(resolutions.c.record_id, resolutions.c.state).where(
        resolutions.c.record_id.in_(list(news.record_ids))
    )
    set_states(tx, news.project_id, {row.record_id: row.state for row in tx.execute(of_these)})


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """Resolutions are derived and go; experts' decisions stay as rows without content."""
    ids = list(news.record_ids)
    tx.execute(delete(resolutions).where(resolutions.c.record_id.in_(ids)))
    tx.execute(delete(cases).where(cases.c.record_id.in_(ids)))
    nothing = {"answers": {}, "notes": None, "reason": "", "guideline_anchor": None, "sent_to": None}
    tx.execute(update(decisions).where(decisions.c.record_id.in_(ids)).values(**nothing))
