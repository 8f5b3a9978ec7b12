"""Invitation links: made by an owner (or, for a project, its manager), accepted once by a new or known person."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Permission, Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.identify import authorise
from goldsmith.server.features.accounts.members import create_person
from goldsmith.server.features.accounts.schemas import (
    Acceptance,
    Invitation,
    InvitationPreview,
    IssuedInvitation,
    Me,
    NewInvitation,
)
from goldsmith.server.features.accounts.secrets import fingerprint, new_token
from goldsmith.server.features.accounts.sign_in import me, open_session
from goldsmith.server.features.accounts.tables import invitations
from goldsmith.server.foundation.errors import Conflict, Forbidden, Gone, Invalid, NotFound


def invite(tx: Connection, who: Who, new: NewInvitation) -> IssuedInvitation:
    """Issue a link. An invitation to a role above one's own reach is refused by the route's permission."""
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


def preview_invitation(tx: Connection, token: str, now: datetime) -> InvitationPreview:
    """What the holder of a link is invited to."""
    row = _usable(tx, token, now)
    workspace = store.find_workspace(tx, row.workspace_id)
    assert workspace is not None
    return InvitationPreview(
        workspace=workspace.name, email=row.email, role=row.role or row.workspace_role, expires_at=row.expires_at
    )


def accept_invitation(
    tx: Connection, token: str, who_accepts: Acceptance, password_hash: str, now: datetime, lasts: timedelta
) -> tuple[str, Me]:
    """Make the person, their membership and a session: (session token, Me). The link is spent."""
    row = _usable(tx, token, now)
    if row.email and row.email != normal_email(who_accepts.email):
        raise Forbidden("This invitation is for another address. Use the address it was sent to.")
    person_id = create_person(tx, email=who_accepts.email, name=who_accepts.name, password_hash=password_hash, now=now)
    return _admit(tx, row, person_id, now, lasts)


def _admit(tx: Connection, row: Row, person_id: int, now: datetime, lasts: timedelta) -> tuple[str, Me]:
    store.put_membership(tx, row.workspace_id, person_id, row.workspace_role)
    if row.project_id is not None:
        store.put_project_member(tx, row.project_id, person_id, row.role, now)
    store.update_invitation(tx, row.id, accepted_by=person_id, accepted_at=now)
    session = open_session(tx, person_id, row.workspace_id, now, lasts)
    proof = store.find_session(tx, fingerprint(session), None, now)
    assert proof is not None
    who = Who(person_id, row.workspace_id, WorkspaceRole(row.workspace_role), now, csrf_token=proof.csrf_token)
    audit(tx, who, action="invitation.accept", subject=f"invitation:{row.id}", project_id=row.project_id)
    return session, me(tx, who)


def _check(tx: Connection, who: Who, new: NewInvitation) -> None:
    if (new.project_id is None) != (new.role is None):
        raise Invalid("Give both `project_id` and `role` to invite to a project, or neither.")
    if new.email and normal_email(new.email) is None:
        raise Invalid(f"'{new.email}' is not an e-mail address. Expected something like ada@example.com.")
    if new.project_id is not None and store.project_workspace(tx, new.project_id) != who.workspace_id:
        raise NotFound("There is no such project in this workspace.")
    authorise(who, Permission.ADMIN)


def _usable(tx: Connection, token: str, now: datetime) -> Row:
    row = store.find_invitation(tx, token_hash=fingerprint(token))
    if row is None:
        raise NotFound("There is no such invitation. Check that the whole link was copied.")
    if row.accepted_at or row.revoked_at or row.expires_at <= now:
        raise Gone("This invitation was used, taken back or has expired. Ask for a new one.")
    return row


def _wire(row: Row) -> Invitation:
    return Invitation.model_validate(dict(row._mapping))
