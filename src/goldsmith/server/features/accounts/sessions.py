"""Where people are signed in, seen and ended: their own by themselves, everybody's by an owner of the workspace.

A session is named by the beginning of its token's fingerprint, from which neither token nor fingerprint can be told.
"""

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.devices import device_in_words
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.schemas import Session
from goldsmith.server.foundation.errors import NotFound

_NAME_LENGTH = 16


def list_sessions(tx: Connection, who: Who) -> list[Session]:
    """The caller's, the one in use first."""
    rows = store.list_sessions(tx, who.person_id, who.now)
    return sorted((_wire(row, who) for row in rows), key=lambda one: not one.is_current)


def end_session(tx: Connection, who: Who, session_id: str) -> None:
    """Sign the caller out in one place."""
    _end(tx, who, who.person_id, [_named(store.list_sessions(tx, who.person_id, who.now), session_id)])


def end_other_sessions(tx: Connection, who: Who) -> None:
    """Sign the caller out everywhere but here."""
    rows = store.list_sessions(tx, who.person_id, who.now)
    _end(tx, who, who.person_id, [row for row in rows if row.token_hash != who.session])


def list_sessions_of(tx: Connection, who: Who, person_id: int) -> list[Session]:
    """A member's sessions in the caller's workspace."""
    return [_wire(row, who) for row in _of_member(tx, who, person_id)]


def end_session_of(tx: Connection, who: Who, person_id: int, session_id: str) -> None:
    """Sign a member out in one place."""
    _end(tx, who, person_id, [_named(_of_member(tx, who, person_id), session_id)])


def end_sessions_of(tx: Connection, who: Who, person_id: int) -> None:
    """Sign a member out of the workspace everywhere; an owner who means themselves stays where they are."""
    _end(tx, who, person_id, [row for row in _of_member(tx, who, person_id) if row.token_hash != who.session])


def _of_member(tx: Connection, who: Who, person_id: int) -> list[Row]:
    if store.find_membership(tx, who.workspace_id, person_id) is None:
        raise NotFound("There is no such person in this workspace.")
    return store.list_sessions(tx, person_id, who.now, workspace_id=who.workspace_id)


def _named(rows: list[Row], session_id: str) -> Row:
    for row in rows:
        if row.token_hash[:_NAME_LENGTH] == session_id:
            return row
    raise NotFound("There is no such session. It may have ended already; look at the list again.")


def _end(tx: Connection, who: Who, person_id: int, rows: list[Row]) -> None:
    for row in rows:
        store.delete_session(tx, row.token_hash)
    if rows:
        audit(tx, who, action="session.revoke", subject=f"person:{person_id}", sessions=len(rows))


def _wire(row: Row, who: Who) -> Session:
    return Session(
        id=row.token_hash[:_NAME_LENGTH], device=device_in_words(row.device), address=row.address,
        provider=row.provider, created_at=row.created_at, last_used_at=row.last_used_at or row.created_at,
        expires_at=row.expires_at, is_current=row.token_hash == who.session,
    )  # fmt: skip
