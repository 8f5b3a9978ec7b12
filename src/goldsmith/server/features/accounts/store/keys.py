"""Queries about API keys."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from goldsmith.server.features.accounts.store.rows import touch
from goldsmith.server.features.accounts.tables import api_keys, people


def list_keys(tx: Connection, workspace_id: int, person_id: int | None) -> list[Row]:
    query = (
        select(api_keys, people.c.name.label("person_name"))
        .join(people, people.c.id == api_keys.c.person_id)
        .where(api_keys.c.workspace_id == workspace_id)
        .order_by(api_keys.c.id.desc())
    )
    return list(tx.execute(query if person_id is None else query.where(api_keys.c.person_id == person_id)))


def find_key_by_id(tx: Connection, workspace_id: int, key_id: int) -> Row | None:
    return tx.execute(select(api_keys).where(api_keys.c.id == key_id, api_keys.c.workspace_id == workspace_id)).first()


def touch_keys(tx: Connection, seen: Mapping[int, datetime]) -> None:
    touch(tx, api_keys.c.id, seen)


def revoke_key(tx: Connection, key_id: int, now: datetime) -> None:
    tx.execute(update(api_keys).where(api_keys.c.id == key_id).values(revoked_at=now))


def revoke_keys_of(tx: Connection, person_id: int, now: datetime) -> None:
    mine = update(api_keys).where(api_keys.c.person_id == person_id, api_keys.c.revoked_at.is_(None))
    tx.execute(mine.values(revoked_at=now))
