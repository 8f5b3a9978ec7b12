"""The audit trail: one row per change, written in the change's own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Who


def audit(
    tx: Connection, who: Who, *, action: str, subject: str, project_id: int | None = None, **details: Any
) -> None:
    """Record that `who` did `action` (such as `project.create`) to `subject` (such as `project:12`)."""
    store.insert_audit(
        tx,
        workspace_id=who.workspace_id,
        project_id=project_id if project_id is not None else who.project_id,
        person_id=who.person_id,
        key_id=who.key_id,
        action=action,
        subject=subject,
        details=details,
        at=who.now,
    )


def audit_of_server(
    tx: Connection, project_id: int, *, action: str, subject: str, at: datetime, **details: Any
) -> None:
    """Record what the server did to a project by itself."""
    store.insert_audit(
        tx, workspace_id=store.project_workspace(tx, project_id), project_id=project_id, person_id=None, key_id=None,
        action=action, subject=subject, details=details, at=at,
    )  # fmt: skip
