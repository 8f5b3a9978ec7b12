"""Let parcels go after some days, but for those that a job still needs; what they came to stays."""

from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.exchange import store
from goldsmith.server.features.exchange.bring import KIND
from goldsmith.server.features.projects import Held
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines import payloads_of_unfinished


def held_parcels(tx: Connection) -> list[Held]:
    """The files of other tools that are kept and that no job needs; some are no project yet, and some were let go."""
    needed = {payload["parcel_id"] for payload in payloads_of_unfinished(tx, KIND)}
    rows = [row for row in store.kept_parcels(tx) if row.id not in needed]
    return [
        Held(row.project_id, row.id, row.filename, row.created_at, until=None if row.pieces else row.created_at)
        for row in rows
    ]


def named_parcels(tx: Connection) -> set[str]:
    """Below which keys the files of parcels are kept."""
    return {row.blob_prefix for row in store.kept_parcels(tx)}


def remove_parcels(database: Database, blobs: Blobs, held: Sequence[Held]) -> list[Held]:
    """Remove these files; returns those that nobody else removed meanwhile."""
    prefixes = {row.id: row.blob_prefix for row in database.read_now(store.kept_parcels)}
    there = [one for one in held if one.id in prefixes]
    for one in there:
        blobs.remove(prefixes[one.id])
        database.write_now(store.update_parcel, one.id, blob_prefix="", pieces=[])
    return there
