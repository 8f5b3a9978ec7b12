"""Strays: files that nobody will come back for, because the process that was writing them was killed.

A file is written under a name of its own and moved to its key at the end; the row that names it is made after that. So
a stray is an unfinished file, or one among what people sent that no row names, and nobody has written to it for a day.
Files are listed before the rows are read, and other servers may be receiving at the same moment: what they write is
young, and what they finish meanwhile is not on the list or has its row.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from goldsmith.server.features import exchange, records
from goldsmith.server.features.retention.kinds import Tools
from goldsmith.server.foundation.blobs import Blobs

LEFT_ALONE = timedelta(days=1)
SENT: dict[str, Callable[[Connection], set[str]]] = {
    "uploads": records.named_uploads,
    "parcels": exchange.named_parcels,
}
"""What people sent, by place: `place/whose/name` is what a row names, and everything below it belongs to it."""
WRITTEN = ("releases", "rejects")
"""What jobs write: its finished files are found again by whoever resumes the job."""


def remove_strays(tools: Tools) -> int:
    """Remove what killed processes left behind; returns how many files. May run in several processes at once."""
    found = [key for place in WRITTEN for key in tools.blobs.keys(place) if tools.blobs.is_unfinished(key)]
    for place, named_in in SENT.items():
        keys = tools.blobs.keys(place)
        named = tools.database.read_now(named_in)
        found += [key for key in keys if tools.blobs.is_unfinished(key) or _owner_of(key) not in named]
    return sum(_remove_if_left(tools.blobs, key, tools.clock() - LEFT_ALONE) for key in found)


def _remove_if_left(blobs: Blobs, key: str, before: datetime) -> bool:
    written_at = blobs.written_at(key)
    if written_at is None or written_at >= before:
        return False
    blobs.remove(key)
    return True


def _owner_of(key: str) -> str:
    return "/".join(key.split("/")[:3])
