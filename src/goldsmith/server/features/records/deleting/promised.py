"""Until when deleted records can come back: told when they are deleted, and anew when the project's rules change."""

from datetime import timedelta

from sqlalchemy import Connection

from goldsmith.server.features.projects import Held
from goldsmith.server.features.records.deleting import store


def held_deletions(tx: Connection) -> list[Held]:
    """The deletions whose records can come back still."""
    rows = store.waiting_deletions(tx)
    return [Held(row.project_id, row.id, row.reason, row.deleted_at, row.n_records, row.erase_after) for row in rows]


def keep_deleted_for(tx: Connection, project_id: int, days: int) -> None:
    """Promise the project's deleted records this many days from their deletion."""
    for row in store.waiting_deletions(tx):
        if row.project_id == project_id:
            store.update_deletion(tx, row.id, erase_after=row.deleted_at + timedelta(days=days))
