"""Signing in and out, with a limit on failed attempts per address and per account."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.arrival import Arrival
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.schemas import Me, PersonSelf, WorkspaceMembership, WorkspaceRef
from goldsmith.server.features.accounts.secrets import fingerprint, hash_password, new_token, password_matches
from goldsmith.server.features.accounts.sign_in_notice import tell_of_new_device
from goldsmith.server.features.accounts.tables import sessions
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Forbidden, Invalid, NotFound, TooMany, Unauthenticated
from goldsmith.server.foundation.stored import known, plain

WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 8
FAILURES_PER_ADDRESS = 40


async def sign_in(database: Database, clock: Clock, *, email: str, password: str, arrival: Arrival) -> tuple[str, Me]:
    """Prove the person, then open a session: (token, Me)."""
    person = await proven_person(database, clock, email=email, password=password, address=arrival.address)
    return await database.write(_open_after_password, person.id, clock(), arrival)


def require_passwords(are_on: bool) -> None:
    """Refuse a password where only identity providers let people in."""
    if not are_on:
        raise Forbidden("This server keeps no passwords. Sign in with an identity provider, on the sign-in page.")


async def proven_person(database: Database, clock: Clock, *, email: str, password: str, address: str) -> Row:
    """The person whose password this is, checked outside any transaction (it is slow on purpose)."""
    known = normal_email(email) or email.strip().lower()
    doors = [f"account:{fingerprint(known)}", f"address:{address}"]
    person = await database.read(_look_up, known, doors, clock())
    stored = person.password_hash if person and person.active else None
    is_right = await asyncio.to_thread(password_matches, stored, password)
    if person is None or not is_right:
        now = clock()
        await database.write(store.add_failures, doors, now, now - WINDOW)
        raise Unauthenticated("The address or the password is not right. Check both, or ask an owner for a new link.")
    await database.write(store.clear_failures, doors[0])
    return person


def open_session(tx: Connection, person_id: int, workspace_id: int, now: datetime, arrival: Arrival) -> str:
    """Start a session and return its token, which only the person's browser keeps."""
    store.delete_stale_sessions(tx, now)
    tell_of_new_device(tx, person_id, workspace_id, now, arrival)
    token = new_token()
    tx.execute(
        sessions.insert().values(
            token_hash=fingerprint(token), person_id=person_id, workspace_id=workspace_id,
            csrf_token=new_token(), created_at=now, expires_at=now + arrival.lasts, last_used_at=now,
            device=arrival.device, address=arrival.address, provider=arrival.provider,
        )
    )  # fmt: skip
    return token


def me(tx: Connection, who: Who) -> Me:
    """The caller as the browser needs them."""
    person = store.find_person(tx, id=who.person_id)
    workspace = store.find_workspace(tx, who.workspace_id)
    if person is None or workspace is None:
        raise Unauthenticated("The account or its workspace no longer exists. Sign in again.")
    return Me(
        person=PersonSelf(id=person.id, name=person.name, email=person.email),
        workspace=WorkspaceRef(id=workspace.id, name=workspace.name),
        workspace_role=who.workspace_role,
        workspaces=[
            WorkspaceMembership(id=row.id, name=row.name, role=plain(WorkspaceRole, row.role))
            for row in store.workspaces_of(tx, who.person_id)
        ],
        csrf_token=who.csrf_token,
    )


def sign_out(tx: Connection, who: Who, token: str | None) -> str | None:
    """End the session the request came with; returns the identity provider it was begun with, if it was."""
    if not token:
        return None
    audit(tx, who, action="session.end", subject=f"person:{who.person_id}")
    return store.delete_session(tx, fingerprint(token))


def switch_workspace(tx: Connection, who: Who, token: str | None, workspace_id: int) -> None:
    """Move the session to another workspace of the same person."""
    mine = {row.id for row in store.workspaces_of(tx, who.person_id)}
    if workspace_id not in mine or not token:
        raise NotFound("There is no such workspace among yours.")
    store.move_session(tx, fingerprint(token), workspace_id)


def set_password(tx: Connection, who: Who, *, new_hash: str, keep_session: str | None) -> None:
    """Store a new password and end the person's other sessions."""
    store.update_person(tx, who.person_id, password_hash=new_hash)
    store.delete_sessions_of(tx, who.person_id, but=fingerprint(keep_session) if keep_session else None)
    audit(tx, who, action="person.password", subject=f"person:{who.person_id}")


async def checked_new_password(stored: str | None, *, current: str, new: str) -> str:
    """The new password's hash, once the current one has been proven."""
    if not await asyncio.to_thread(password_matches, stored, current):
        raise Invalid("The current password is not right. Nothing was changed.")
    return await asyncio.to_thread(hash_password, new)


def stored_password(tx: Connection, who: Who) -> str | None:
    """The hash of the caller's password, if they have one."""
    person = store.find_person(tx, id=who.person_id)
    return person.password_hash if person else None


def _look_up(tx: Connection, email: str, doors: list[str], now: datetime) -> Row | None:
    failures = store.count_failures(tx, doors, now - WINDOW, now + WINDOW)  # a clock set back locks nobody out
    limits = zip(doors, (FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS), strict=True)
    if any(failures.get(door, 0) >= limit for door, limit in limits):
        raise TooMany("Too many failed attempts. Wait a quarter of an hour.", retry_after_s=int(WINDOW.total_seconds()))
    return store.find_person(tx, email=email)


def _open_after_password(tx: Connection, person_id: int, now: datetime, arrival: Arrival) -> tuple[str, Me]:
    mine = store.workspaces_of(tx, person_id)
    if not mine:
        raise Unauthenticated("This account belongs to no workspace any more. Ask an owner for an invitation.")
    token = open_session(tx, person_id, mine[0].id, now, arrival)
    session = store.find_session(tx, fingerprint(token), None, now)
    assert session is not None
    who = Who(person_id, mine[0].id, known(WorkspaceRole, mine[0].role), now, csrf_token=session.csrf_token)
    audit(tx, who, action="session.start", subject=f"person:{person_id}")
    return token, me(tx, who)
