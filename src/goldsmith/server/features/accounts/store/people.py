"""Queries about people: their names and addresses, and what they have chosen for themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from goldsmith.server.features.accounts.store.rows import upsert
from goldsmith.server.features.accounts.tables import memberships, people, preferences


def find_person(tx: Connection, **by: Any) -> Row | None:
    return tx.execute(select(people).filter_by(**by)).first()


def update_person(tx: Connection, person_id: int, **values: Any) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(**values))


def list_people(tx: Connection, workspace_id: int, after: int, limit: int) -> list[Row]:
    return list(
        tx.execute(
            select(
                people.c.id, people.c.name, people.c.email, people.c.created_at,
                memberships.c.role.label("workspace_role"), (memberships.c.active & people.c.active).label("active"),
            )
            .join(memberships, memberships.c.person_id == people.c.id)
            .where(memberships.c.workspace_id == workspace_id, people.c.id > after)
            .order_by(people.c.id)
            .limit(limit)
        )
    )  # fmt: skip


def names_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    rows = tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def people_with(tx: Connection, workspace_id: int, emails: set[str]) -> list[Row]:
    """The workspace's people who have one of these addresses."""
    query = select(people).join(memberships, memberships.c.person_id == people.c.id)
    mine = query.where(memberships.c.workspace_id == workspace_id)
    ordered = sorted(emails)
    return [
        row
        for at in range(0, len(ordered), 500)
        for row in tx.execute(mine.where(people.c.email.in_(ordered[at : at + 500])))
    ]


def addresses_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    rows = tx.execute(select(people.c.id, people.c.email).where(people.c.id.in_(sorted(person_ids))))
    return {row.id: row.email for row in rows}


def find_preferences(tx: Connection, person_id: int) -> Any | None:
    """The document of what the person has chosen, if they ever chose."""
    return tx.execute(select(preferences.c.chosen).where(preferences.c.person_id == person_id)).scalar()


def put_preferences(tx: Connection, person_id: int, chosen: dict[str, Any], now: datetime) -> None:
    upsert(tx, preferences, ["person_id"], {"person_id": person_id, "chosen": chosen, "updated_at": now})
