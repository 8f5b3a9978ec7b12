"""Tasks of records that are deleted, come back, or are erased.

A hidden task keeps how many people it wants as a number below zero, which no index of the queue lists: -1 stands for 0,
-2 for 1, and so on. Who holds it lets go of it; what they answered stays.
"""

from sqlalchemy import Connection

from goldsmith.server.features.assignment.store import deleted as store
from goldsmith.server.features.records import RecordsDeleted, RecordsErased, RecordsRestored


def on_records_deleted(tx: Connection, news: RecordsDeleted) -> None:
    """Nobody is asked about these records any more."""
    store.let_go(tx, news.record_ids)
    store.turn_targets(tx, news.record_ids, hidden=False)


def on_records_restored(tx: Connection, news: RecordsRestored) -> None:
    """Ask about these records again, as many people as before."""
    store.turn_targets(tx, news.record_ids, hidden=True)


def on_records_erased(tx: Connection, news: RecordsErased) -> None:
    """The reasons that people gave for skips and flags may quote the record."""
    store.erase_reasons(tx, news.record_ids)
