"""Reading the audit trail."""

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.schemas import AuditEntry, PersonRef
from goldsmith.server.features.accounts.trail import store
from goldsmith.server.features.accounts.trail.filter import AuditFilter
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def list_audit(tx: Connection, who: Who, wanted: AuditFilter, *, cursor: str | None, limit: int) -> Page[AuditEntry]:
    """The workspace's changes, newest first."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = store.list_entries(tx, who.workspace_id, wanted=wanted, before=before, limit=limit + 1)
    return page_of(rows, limit, key=lambda row: (row.id,), item=_wire)


def _wire(row: Row) -> AuditEntry:
    person = PersonRef(id=row.person_id, name=row.person_name) if row.person_name else None
    return AuditEntry(
        id=row.id, at=row.at, person=person, key_id=row.key_id, project_id=row.project_id,
        action=row.action, subject=row.subject, details=row.details, position=row.position,
    )  # fmt: skip
