"""Queries about invitations."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from goldsmith.server.features.accounts.tables import invitations


def find_invitation(tx: Connection, **by: Any) -> Row | None:
    return tx.execute(select(invitations).filter_by(**by)).first()


def lock_invitation(tx: Connection, token_hash: str) -> Row | None:
    """The invitation, held until the transaction ends, so that two who accept it at once do not both get in."""
    return tx.execute(select(invitations).where(invitations.c.token_hash == token_hash).with_for_update()).first()


def list_invitations(tx: Connection, workspace_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(invitations).where(invitations.c.workspace_id == workspace_id).order_by(invitations.c.id.desc())
        )
    )


def update_invitation(tx: Connection, invitation_id: int, **values: Any) -> None:
    tx.execute(update(invitations).where(invitations.c.id == invitation_id).values(**values))


def revoke_open_invitations(tx: Connection, workspace_id: int, now: datetime) -> None:
    tx.execute(
        update(invitations)
        .where(
            invitations.c.workspace_id == workspace_id,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
