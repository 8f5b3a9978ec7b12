"""Comments on records that are erased: threads and comments stay as rows without words."""

from sqlalchemy import Connection, select, update

from goldsmith.server.features.accounts import take_back_notices
from goldsmith.server.features.annotation.comments.tables import comment_revisions, comments, threads
from goldsmith.server.features.records import RecordsErased


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """What was written may quote the record, and so may the notices that told of it."""
    of_records = threads.c.record_id.in_(list(news.record_ids))
    thread_ids = list(tx.execute(select(threads.c.id).where(of_records)).scalars())
    comment_ids = list(tx.execute(select(comments.c.id).where(comments.c.thread_id.in_(thread_ids))).scalars())
    tx.execute(update(threads).where(of_records).values(quote=None))
    tx.execute(update(comment_revisions).where(comment_revisions.c.comment_id.in_(comment_ids)).values(body=""))
    ends = [f"thread:{one}:{what}" for one in thread_ids for what in ("resolved", "reopened")]
    take_back_notices(tx, [*(f"comment:{one}" for one in comment_ids), *ends])
