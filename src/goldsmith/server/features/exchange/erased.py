"""What other tools said beside the answers to records that are erased goes with them."""

from sqlalchemy import Connection, delete

from goldsmith.server.features.exchange.tables import brought_answers
from goldsmith.server.features.records import RecordsErased


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """It is kept as it came, and so may quote the record."""
    tx.execute(delete(brought_answers).where(brought_answers.c.record_id.in_(list(news.record_ids))))
