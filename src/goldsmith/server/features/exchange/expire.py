"""Let parcels go after some days, but for those that a job still needs; what they came to stays."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.bring import KIND
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines import payloads_of_unfinished


def expire_parcels(database: Database, blobs: Blobs, *, keep: timedelta, now: datetime) -> int:
    """Remove the files that were sent longer than `keep` ago; returns how many."""
    expired = database.read_now(_expired, now - keep)
    for parcel_id, prefix in expired:
        blobs.remove(prefix)
        database.write_now(store.update_parcel, parcel_id, blob_prefix="", pieces=[])
    return len(expired)


def _expired(tx: Connection, before: datetime) -> list[tuple[int, str]]:
    needed = {payload["parcel_id"] for payload in payloads_of_unfinished(tx, KIND)}
    return [(row.id, row.blob_prefix) for row in store.parcels_before(tx, before) if row.id not in needed]
