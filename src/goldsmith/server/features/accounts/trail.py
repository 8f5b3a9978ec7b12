"""Reading the audit trail."""

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.schemas import AuditEntry, PersonRef
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of


def list_audit(
    tx: Connection, who: Who, *, cursor: str | None, limit: int,
    action: str | None = None, person_id: int | None = None, project_id: int | None = None,
) -> Page[AuditEntry]:  # fmt: skip
    """The workspace's changes, newest first."""
    (before,) = decode_cursor(cursor, tuple[int]) or (None,)
    rows = store.list_audit(
        tx, who.workspace_id, before=before, limit=limit + 1,
        action=action, person_id=person_id, project_id=project_id,
    )  # fmt: skip
    return page_of(rows, limit, key=lambda row: (row.id,), item=_wire)


def _wire(row: Row) -> AuditEntry:
    person = PersonRef(id=row.person_id, name=row.person_name) if row.person_name else None
    return AuditEntry(
        id=row.id, at=row.at, person=person, key_id=row.key_id, project_id=row.project_id,
        action=row.action, subject=row.subject, details=row.details,
    )  # fmt: skip
