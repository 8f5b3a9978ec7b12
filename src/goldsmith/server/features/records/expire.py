"""Let uploaded files go: after an import their rows are records, and the file is only a copy.

A file stays for some days, so that an import can be looked at, asked for and resumed, and as long as a job still needs
it. Its row stays for good, without a blob key, so that whoever comes back is told what became of it. Each step may run
twice, in several processes: a file that is gone already is no error.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from goldsmith.server.features.records import store
from goldsmith.server.features.records.imports import KIND
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines import payloads_of_unfinished


def expire_uploads(database: Database, blobs: Blobs, *, keep: timedelta, now: datetime) -> int:
    """Remove the files that were sent longer than `keep` ago; returns how many."""
    expired = database.read_now(_expired, now - keep)
    for _, blob_key in expired:
        blobs.remove(blob_key)
    if expired:
        database.write_now(store.forget_files, [upload_id for upload_id, _ in expired])
    return len(expired)


def _expired(tx: Connection, before: datetime) -> Sequence[tuple[int, str]]:
    needed = {payload["upload_id"] for payload in payloads_of_unfinished(tx, KIND)}
    return [(row.id, row.blob_key) for row in store.uploads_before(tx, before) if row.id not in needed]
