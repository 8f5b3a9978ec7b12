"""Let uploaded files go: after an import their rows are records, and the file is only a copy.

A file stays for some days, so that an import can be looked at, asked for and resumed, and as long as a job still needs
it. Its row stays for good, without a blob key, so that whoever comes back is told what became of it. Each step may run
twice, in several processes: a file that is gone already is no error.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.projects import Held
from goldsmith.server.features.records import store
from goldsmith.server.features.records.imports import KIND
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines import payloads_of_unfinished


def held_uploads(tx: Connection) -> list[Held]:
    """The uploaded files that are kept and that no job needs."""
    needed = {payload["upload_id"] for payload in payloads_of_unfinished(tx, KIND)}
    rows = [row for row in store.kept_uploads(tx) if row.id not in needed]
    return [Held(row.project_id, row.id, row.filename, row.created_at) for row in rows]


def named_uploads(tx: Connection) -> set[str]:
    """The keys of all files that are kept for an upload."""
    return {row.blob_key for row in store.kept_uploads(tx)}


def remove_uploads(database: Database, blobs: Blobs, held: Sequence[Held]) -> list[Held]:
    """Remove these files; returns those that nobody else removed meanwhile."""
    keys = {row.id: row.blob_key for row in database.read_now(store.kept_uploads)}
    there = [one for one in held if one.id in keys]
    for one in there:
        blobs.remove(keys[one.id])
    if there:
        database.write_now(store.forget_files, [one.id for one in there])
    return there
