"""The audit trail's one door: entries are added, and never changed here."""

from typing import Any

from sqlalchemy import Connection, insert

from goldsmith.server.features.accounts.tables import audit_entries


def insert_audit(tx: Connection, **values: Any) -> None:
    tx.execute(insert(audit_entries).values(**values))
