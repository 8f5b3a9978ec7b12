"""Everybody leaves a project: roles in it, the news of it, and addresses that were invited to it."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, func, select, update

from goldsmith.server.features.accounts.notices_tables import notices
from goldsmith.server.features.accounts.tables import invitations, project_members
from goldsmith.server.foundation.portions import portions


def count_members(tx: Connection, project_ids: Collection[int]) -> dict[int, int]:
    """How many people have a role in each of these projects."""
    found: dict[int, int] = {}
    for ids in portions(sorted(project_ids)):
        query = select(project_members.c.project_id, func.count()).where(project_members.c.project_id.in_(ids))
        found |= {row[0]: row[1] for row in tx.execute(query.group_by(project_members.c.project_id))}
    return found


def forget_members(tx: Connection, project_id: int) -> None:
    """Owners of the workspace can still look at the project."""
    tx.execute(delete(project_members).where(project_members.c.project_id == project_id))
    tx.execute(delete(notices).where(notices.c.project_id == project_id))
    tx.execute(update(invitations).where(invitations.c.project_id == project_id).values(email=None))
