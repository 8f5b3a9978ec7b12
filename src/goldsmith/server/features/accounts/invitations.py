"""Invitation links: issued and taken back by an owner of the workspace (for accepting one see `accept.py`)."""

from datetime import timedelta

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, normal_email
from goldsmith.server.features.accounts.schemas import Invitation, IssuedInvitation, NewInvitation
from goldsmith.server.features.accounts.secrets import fingerprint, new_token
from goldsmith.server.features.accounts.tables import invitations
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound


def invite(tx: Connection, who: Who, new: NewInvitation) -> IssuedInvitation:
    """Issue a link; its token is returned once and only its hash is kept."""
    _check(tx, who, new)
    token = new_token()
    invitation_id = store.insert_row(
        tx, invitations, workspace_id=who.workspace_id, email=normal_email(new.email) if new.email else None,
        workspace_role=new.workspace_role, project_id=new.project_id, role=new.role, token_hash=fingerprint(token),
        created_by=who.person_id, created_at=who.now, expires_at=who.now + timedelta(days=new.expires_in_days),
    )  # fmt: skip
    audit(
        tx, who, action="invitation.create", subject=f"invitation:{invitation_id}", project_id=new.project_id,
        workspace_role=new.workspace_role, role=new.role,
    )  # fmt: skip
    row = store.find_invitation(tx, id=invitation_id)
    assert row is not None
    return IssuedInvitation(**_wire(row).model_dump(), token=token, url_path=f"/invite/{token}")


def list_invitations(tx: Connection, who: Who) -> list[Invitation]:
    """Every invitation of the workspace, newest first."""
    return [_wire(row) for row in store.list_invitations(tx, who.workspace_id)]


def revoke_invitation(tx: Connection, who: Who, invitation_id: int) -> None:
    """Take a link back before it is used."""
    row = store.find_invitation(tx, id=invitation_id, workspace_id=who.workspace_id)
    if row is None:
        raise NotFound("There is no such invitation in this workspace.")
    if row.accepted_at is not None:
        raise Conflict("This invitation was accepted already. Change the person's role instead.")
    store.update_invitation(tx, invitation_id, revoked_at=who.now)
    audit(tx, who, action="invitation.revoke", subject=f"invitation:{invitation_id}")


def _check(tx: Connection, who: Who, new: NewInvitation) -> None:
    if (new.project_id is None) != (new.role is None):
        raise Invalid("Give both `project_id` and `role` to invite to a project, or neither.")
    if new.email and normal_email(new.email) is None:
        raise Invalid(f"'{new.email}' is not an e-mail address. Expected something like ada@example.com.")
    if new.project_id is not None and store.project_workspace(tx, new.project_id) != who.workspace_id:
        raise NotFound("There is no such project in this workspace.")


def _wire(row: Row) -> Invitation:
    return Invitation.model_validate(dict(row._mapping))
