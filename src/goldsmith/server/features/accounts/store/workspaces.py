"""Queries about workspaces and who belongs to them."""

from sqlalchemy import Connection, Row, and_, func, select

from goldsmith.server.features.accounts.store.rows import upsert
from goldsmith.server.features.accounts.tables import memberships, people, workspaces

IS_MEMBER = and_(memberships.c.active, people.c.active)


def first_workspace(tx: Connection) -> Row | None:
    return tx.execute(select(workspaces).order_by(workspaces.c.id).limit(1)).first()


def find_workspace(tx: Connection, workspace_id: int) -> Row | None:
    return tx.execute(select(workspaces).where(workspaces.c.id == workspace_id)).first()


def lock_workspace(tx: Connection, workspace_id: int) -> None:
    """Hold the workspace until the transaction ends, so that two owners do not unmake each other at once."""
    tx.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id).with_for_update())


def workspaces_of(tx: Connection, person_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(workspaces.c.id, workspaces.c.name, memberships.c.role)
            .join(memberships, memberships.c.workspace_id == workspaces.c.id)
            .where(memberships.c.person_id == person_id, memberships.c.active)
            .order_by(workspaces.c.id)
        )
    )


def find_membership(tx: Connection, workspace_id: int, person_id: int) -> Row | None:
    return tx.execute(
        select(memberships).where(memberships.c.workspace_id == workspace_id, memberships.c.person_id == person_id)
    ).first()


def put_membership(tx: Connection, workspace_id: int, person_id: int, role: str, active: bool = True) -> None:
    upsert(
        tx, memberships, ["workspace_id", "person_id"],
        {"workspace_id": workspace_id, "person_id": person_id, "role": role, "active": active},
    )  # fmt: skip


def count_active_owners(tx: Connection, workspace_id: int) -> int:
    return tx.execute(
        select(func.count())
        .select_from(memberships.join(people, people.c.id == memberships.c.person_id))
        .where(memberships.c.workspace_id == workspace_id, memberships.c.role == "owner", IS_MEMBER)
    ).scalar_one()
