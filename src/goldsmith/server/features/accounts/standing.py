"""Where somebody else stands in the project of the caller, for those who tell them things."""

from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import Role, Who, WorkspaceRole
from goldsmith.server.foundation.stored import known


def role_of(tx: Connection, who: Who, person_id: int) -> Role | None:
    """The person's role in the caller's project; None for who is, or is now, no part of it."""
    membership = store.find_membership(tx, who.workspace_id, person_id)
    if membership is None or not membership.active:
        return None
    if membership.role == WorkspaceRole.OWNER:
        return Role.OWNER
    member = store.find_project_member(tx, who.project, person_id)
    return known(Role, member.role) if member is not None else None
