"""Answers to records that are erased: rows without content stay, so that people's work still adds up."""

from sqlalchemy import Connection, delete, update

from goldsmith.server.features.accounts import take_back_notices_about
from goldsmith.server.features.annotation.comments.erased import on_records_erased as erase_comments
from goldsmith.server.features.annotation.tables import annotations, drafts, stale_answers
from goldsmith.server.features.assignment import every_task_of
from goldsmith.server.features.records import RecordsErased


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """Answers and notes may quote the record, and so may news of it; drafts and worklists speak of it."""
    ids = list(news.record_ids)
    erase_comments(tx, news)
    task_ids = every_task_of(tx, ids)
    take_back_notices_about(tx, news.project_id, record_ids=ids, task_ids=task_ids)
    nothing = {"answers": {}, "notes": None, "counted": False}
    tx.execute(update(annotations).where(annotations.c.record_id.in_(ids)).values(**nothing))
    tx.execute(delete(stale_answers).where(stale_answers.c.record_id.in_(ids)))
    tx.execute(delete(drafts).where(drafts.c.task_id.in_(task_ids)))
