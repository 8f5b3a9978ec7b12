"""The first owner, and the ways back in: what an administrator does from the command line."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.keys import create_key
from goldsmith.server.features.accounts.members import create_person, create_workspace
from goldsmith.server.features.accounts.schemas import NewKey
from goldsmith.server.features.accounts.secrets import fingerprint, new_token
from goldsmith.server.features.accounts.tables import invitations
from goldsmith.server.foundation.errors import NotFound
from goldsmith.server.foundation.stored import known

FIRST_INVITATION_LASTS = timedelta(days=1)


def create_owner(
    tx: Connection, *, email: str, name: str, password_hash: str | None, workspace: str, now: datetime
) -> Who:
    """Make a person an owner of the first workspace, which is made if there is none."""
    first = store.first_workspace(tx)
    workspace_id = first.id if first else create_workspace(tx, workspace, now)
    person_id = create_person(tx, email=email, name=name, password_hash=password_hash, now=now)
    store.put_membership(tx, workspace_id, person_id, WorkspaceRole.OWNER)
    who = Who(person_id, workspace_id, WorkspaceRole.OWNER, now)
    audit(tx, who, action="person.create_owner", subject=f"person:{person_id}")
    return who


def ensure_owner_key(tx: Connection, *, secret: str, email: str, now: datetime) -> None:
    """Make `secret` an API key of the first owner, creating that owner on an empty database. Repeatable."""
    if store.find_key(tx, fingerprint(secret), None, now):
        return
    owner = owner_of_first_workspace(tx, now) or create_owner(
        tx, email=email, name="Owner", password_hash=None, workspace="Workspace", now=now
    )
    create_key(tx, owner, NewKey(name="owner key from the environment"), secret=secret)


def invite_first_owner(tx: Connection, now: datetime) -> str | None:
    """The path of an invitation for the first owner, while there is nobody at all; an earlier one ends."""
    if store.find_person(tx) is not None:
        return None
    first = store.first_workspace(tx)
    workspace_id = first.id if first else create_workspace(tx, "Workspace", now)
    store.revoke_open_invitations(tx, workspace_id, now)
    token = new_token()
    invitation_id = store.insert_row(
        tx, invitations, workspace_id=workspace_id, workspace_role=WorkspaceRole.OWNER, token_hash=fingerprint(token),
        created_at=now, expires_at=now + FIRST_INVITATION_LASTS,
    )  # fmt: skip
    store.insert_audit(
        tx, workspace_id=workspace_id, action="invitation.create", subject=f"invitation:{invitation_id}",
        details={"workspace_role": WorkspaceRole.OWNER}, at=now,
    )  # fmt: skip
    return f"/invite/{token}"


def owner_of_first_workspace(tx: Connection, now: datetime) -> Who | None:
    """The earliest active owner, as the caller of administrative deeds; None on an empty database."""
    first = store.first_workspace(tx)
    if first is None:
        return None
    owners = [
        row for row in store.list_people(tx, first.id, 0, 10_000)
        if row.workspace_role == WorkspaceRole.OWNER and row.active
    ]  # fmt: skip
    return Who(owners[0].id, first.id, WorkspaceRole.OWNER, now) if owners else None


def acting_as(tx: Connection, *, email: str, now: datetime) -> Who:
    """The person with this address in their first workspace, as the caller of an administrative deed."""
    person = store.find_person(tx, email=normal_email(email))
    mine = store.workspaces_of(tx, person.id) if person else []
    if person is None or not mine:
        raise NotFound(f"Nobody has the address '{email}'. Check it, or create an owner first.")
    return Who(person.id, mine[0].id, known(WorkspaceRole, mine[0].role), now)


def reset_password(tx: Connection, *, email: str, password_hash: str, now: datetime) -> None:
    """Set somebody's password and end all their sessions."""
    who = acting_as(tx, email=email, now=now)
    store.update_person(tx, who.person_id, password_hash=password_hash)
    store.delete_sessions_of(tx, who.person_id)
    audit(tx, who, action="person.password_reset", subject=f"person:{who.person_id}")
