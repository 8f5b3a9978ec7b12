"""Answers to records that are erased: rows without content stay, so that people's work still adds up."""

from sqlalchemy import Connection, delete, update

from goldsmith.server.features.annotation.comments.erased import on_records_erased as erase_comments
from goldsmith.server.features.annotation.tables import annotations, drafts, stale_answers
from goldsmith.server.features.assignment import every_task_of
from goldsmith.server.features.records import RecordsErased


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """Answers and notes may quote the record; drafts and worklists speak of it."""
    ids = list(news.record_ids)
    erase_comments(tx, news)
    nothing = {"answers": {}, "notes": None, "counted": False}
    tx.execute(update(annotations).where(annotations.c.record_id.in_(ids)).values(**nothing))
    tx.execute(delete(stale_answers).where(stale_answers.c.record_id.in_(ids)))
    tx.execute(delete(drafts).where(drafts.c.task_id.in_(every_task_of(tx, ids))))
