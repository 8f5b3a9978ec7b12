"""Accepting an invitation link, once: a new person chooses a password, a known one proves theirs.

Somebody whose answers were imported is new, and takes those answers over; the link must be addressed to them.
"""

import asyncio
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.arrival import Arrival
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.members import create_person
from goldsmith.server.features.accounts.placeholders import is_placeholder
from goldsmith.server.features.accounts.schemas import Acceptance, InvitationPreview, Me
from goldsmith.server.features.accounts.secrets import fingerprint, hash_password
from goldsmith.server.features.accounts.sign_in import me, open_session, proven_person
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Forbidden, Gone, NotFound
from goldsmith.server.foundation.stored import known

_STRENGTH = list(reversed(WorkspaceRole))


def preview_invitation(tx: Connection, token: str, now: datetime) -> InvitationPreview:
    """What the holder of a link is invited to."""
    row = _usable(store.find_invitation(tx, token_hash=fingerprint(token)), now)
    workspace = store.find_workspace(tx, row.workspace_id)
    assert workspace is not None
    return InvitationPreview(
        workspace=workspace.name, email=row.email, role=row.role or row.workspace_role, expires_at=row.expires_at
    )


async def accept_invitation(
    database: Database, clock: Clock, token: str, accepting: Acceptance, arrival: Arrival
) -> tuple[str, Me]:
    """Make the person or prove them (both are slow on purpose), then let them in: (session token, Me)."""
    is_known = await database.read(_check_before_password, token, accepting, clock())
    if is_known:
        person = await proven_person(
            database, clock, email=accepting.email, password=accepting.password, address=arrival.address
        )
        return await database.write(_join, token, person.id, clock(), arrival)
    password_hash = await asyncio.to_thread(hash_password, accepting.password)
    return await database.write(_join_as_new, token, accepting, password_hash, clock(), arrival)


def _check_before_password(tx: Connection, token: str, accepting: Acceptance, now: datetime) -> bool:
    """Whether the person is known already; refuses a link that they could not use anyhow."""
    invitation = _usable(store.find_invitation(tx, token_hash=fingerprint(token)), now)
    address = normal_email(accepting.email)
    if invitation.email and invitation.email != address:
        raise Forbidden("This invitation is for another address. Use the address it was sent to.")
    person = store.find_person(tx, email=address)
    if person is None or not is_placeholder(person):
        return person is not None
    if not invitation.email:
        raise Forbidden("This address stands for somebody whose answers were imported. Ask for an invitation to it.")
    return False


def spend(tx: Connection, token_hash: str, person_id: int, now: datetime) -> Who:
    """Use an invitation up: the person is a member then, placed in its workspace. Nobody loses a role they have."""
    row = _usable(store.lock_invitation(tx, token_hash), now)
    if is_placeholder(store.find_person(tx, id=person_id)):
        store.update_person(tx, person_id, active=True)
    role = _stronger(store.find_membership(tx, row.workspace_id, person_id), known(WorkspaceRole, row.workspace_role))
    store.put_membership(tx, row.workspace_id, person_id, role)
    if row.project_id is not None:
        store.put_project_member(tx, row.project_id, person_id, row.role, now)
    store.update_invitation(tx, row.id, accepted_by=person_id, accepted_at=now)
    who = Who(person_id, row.workspace_id, role, now)
    audit(tx, who, action="invitation.accept", subject=f"invitation:{row.id}", project_id=row.project_id)
    return who


def is_usable(row: Row, now: datetime) -> bool:
    """Whether an invitation still lets somebody in."""
    return not (row.accepted_at or row.revoked_at or row.expires_at <= now)


def _join_as_new(
    tx: Connection, token: str, accepting: Acceptance, password_hash: str, now: datetime, arrival: Arrival
) -> tuple[str, Me]:
    known = store.find_person(tx, email=normal_email(accepting.email))
    if known is not None and is_placeholder(known):
        _check_before_password(tx, token, accepting, now)
        store.update_person(tx, known.id, name=accepting.name, password_hash=password_hash, active=True)
        return _join(tx, token, known.id, now, arrival)
    person_id = create_person(tx, email=accepting.email, name=accepting.name, password_hash=password_hash, now=now)
    return _join(tx, token, person_id, now, arrival)


def _join(tx: Connection, token: str, person_id: int, now: datetime, arrival: Arrival) -> tuple[str, Me]:
    who = spend(tx, fingerprint(token), person_id, now)
    session = open_session(tx, person_id, who.workspace_id, now, arrival)
    proof = store.find_session(tx, fingerprint(session), None, now)
    assert proof is not None
    return session, me(tx, replace(who, csrf_token=proof.csrf_token))


def _stronger(membership: Row | None, offered: WorkspaceRole) -> WorkspaceRole:
    if membership is None or not membership.active:
        return offered
    return max(known(WorkspaceRole, membership.role), offered, key=_STRENGTH.index)


def _usable(row: Row | None, now: datetime) -> Row:
    if row is None:
        raise NotFound("There is no such invitation. Check that the whole link was copied.")
    if not is_usable(row, now):
        raise Gone("This invitation was used, taken back or has expired. Ask for a new one.")
    return row
