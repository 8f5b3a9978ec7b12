"""Suggestions for records that are erased go with them."""

from sqlalchemy import Connection, delete

from goldsmith.server.features.records import RecordsErased
from goldsmith.server.features.suggestions.tables import suggestions


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """What a model proposed may quote the record."""
    tx.execute(delete(suggestions).where(suggestions.c.record_id.in_(list(news.record_ids))))
