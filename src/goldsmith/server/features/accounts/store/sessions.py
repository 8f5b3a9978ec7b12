"""Queries about sessions, and about sign-ins that failed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from goldsmith.server.features.accounts.store.rows import touch
from goldsmith.server.features.accounts.tables import sessions, sign_in_failures


def list_sessions(tx: Connection, person_id: int, now: datetime, *, workspace_id: int | None = None) -> list[Row]:
    """A person's open sessions, the latest used first; only those in one workspace where it is named."""
    query = select(sessions).where(sessions.c.person_id == person_id, sessions.c.expires_at > now)
    if workspace_id is not None:
        query = query.where(sessions.c.workspace_id == workspace_id)
    return list(tx.execute(query.order_by(sessions.c.last_used_at.desc(), sessions.c.created_at.desc())))


def move_session(tx: Connection, token_hash: str, workspace_id: int) -> None:
    tx.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(workspace_id=workspace_id))


def touch_sessions(tx: Connection, seen: Mapping[str, datetime]) -> None:
    touch(tx, sessions.c.token_hash, seen)


def delete_session(tx: Connection, token_hash: str) -> str | None:
    """Remove a session; returns the identity provider it was begun with."""
    ended = delete(sessions).where(sessions.c.token_hash == token_hash).returning(sessions.c.provider)
    return tx.execute(ended).scalar()


def delete_sessions_of(tx: Connection, person_id: int, *, but: str | None = None) -> None:
    tx.execute(delete(sessions).where(sessions.c.person_id == person_id, sessions.c.token_hash != (but or "")))


def delete_stale_sessions(tx: Connection, now: datetime) -> None:
    tx.execute(delete(sessions).where(sessions.c.expires_at <= now))


def count_failures(tx: Connection, doors: list[str], since: datetime, until: datetime) -> Mapping[str, int]:
    rows = tx.execute(
        select(sign_in_failures.c.door, func.count().label("n"))
        .where(sign_in_failures.c.door.in_(doors), sign_in_failures.c.at > since, sign_in_failures.c.at < until)
        .group_by(sign_in_failures.c.door)
    )
    return {row.door: row.n for row in rows}


def add_failures(tx: Connection, doors: list[str], now: datetime, forget_before: datetime) -> None:
    tx.execute(insert(sign_in_failures), [{"door": door, "at": now} for door in doors])
    tx.execute(delete(sign_in_failures).where(sign_in_failures.c.at < forget_before))


def clear_failures(tx: Connection, door: str) -> None:
    tx.execute(delete(sign_in_failures).where(sign_in_failures.c.door == door))
