"""Withdraw a release: nobody can take it away any more, and after some time its rows are removed for good.

What it was stays: its number, its manifest with the content hash, who withdrew it and why. Until the rows are removed
it can be reinstated.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import Held
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.frozen import KINDS
from goldsmith.server.features.releases.read import read_release
from goldsmith.server.features.releases.schemas import NewWithdrawal, Release
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Conflict, Gone


def withdraw(tx: Connection, who: Who, release_id: int, given: NewWithdrawal) -> Release:
    """Refuse every download of the release's rows from now on."""
    release = read_release(tx, who, release_id)
    if release.state != ReleaseState.READY:
        raise Conflict(f"This release is {release.state}; only a finished one can be withdrawn.")
    if release.withdrawn is not None:
        raise Conflict("This release is withdrawn already.")
    store.update_release(
        tx, release_id, withdrawn_at=who.now, withdrawn_by=who.person_id, withdrawn_for=given.reason
    )  # fmt: skip
    audit(tx, who, action="release.withdraw", subject=f"release:{release_id}", reason=given.reason)
    return read_release(tx, who, release_id)


def reinstate(tx: Connection, who: Who, release_id: int) -> Release:
    """Let the release be taken away again."""
    release = read_release(tx, who, release_id)
    if release.withdrawn is None:
        raise Conflict("This release is not withdrawn.")
    if release.withdrawn.files_removed_at is not None:
        raise Gone("The rows of this release are removed; it cannot come back. Make a new release.")
    store.update_release(tx, release_id, withdrawn_at=None, withdrawn_by=None, withdrawn_for=None)
    audit(tx, who, action="release.reinstate", subject=f"release:{release_id}")
    return read_release(tx, who, release_id)


def held_withdrawn(tx: Connection) -> list[Held]:
    """Withdrawn releases that can be reinstated still."""
    rows = store.withdrawn(tx)
    return [Held(row.project_id, row.id, f"{row.number}: {row.name}", row.withdrawn_at) for row in rows]


def remove_withdrawn(database: Database, blobs: Blobs, held: Sequence[Held], now: datetime) -> list[Held]:
    """Remove the rows of these releases; returns those that nobody else removed meanwhile."""
    prefixes = {row.id: row.blob_prefix for row in database.read_now(store.withdrawn)}
    marked = [one for one in held if one.id in prefixes and database.write_now(store.mark_removed, one.id, now)]
    for one in marked:
        for kind in KINDS:
            blobs.remove(f"{prefixes[one.id]}/{kind}")
    return marked
