"""Queries about the people of a project, and the workspace it lies in."""

from datetime import datetime

from sqlalchemy import BigInteger, Connection, Row, column, delete, select, table

from goldsmith.server.features.accounts.store.rows import upsert
from goldsmith.server.features.accounts.tables import people, project_members

# The projects slice lies above this one; whose workspace a project is in must be known here all the same.
PROJECTS = table("projects", column("id", BigInteger), column("workspace_id", BigInteger))


def project_workspace(tx: Connection, project_id: int) -> int | None:
    """The workspace a project lies in, or None where there is no such project."""
    return tx.execute(select(PROJECTS.c.workspace_id).where(PROJECTS.c.id == project_id)).scalar()


def find_project_member(tx: Connection, project_id: int, person_id: int) -> Row | None:
    return tx.execute(
        select(project_members).where(
            project_members.c.project_id == project_id, project_members.c.person_id == person_id
        )
    ).first()


def list_project_members(tx: Connection, project_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(people.c.id, people.c.name, people.c.email, project_members.c.role, project_members.c.added_at)
            .join(project_members, project_members.c.person_id == people.c.id)
            .where(project_members.c.project_id == project_id)
            .order_by(people.c.name, people.c.id)
        )
    )


def project_roles_of(tx: Connection, person_id: int) -> dict[int, str]:
    rows = tx.execute(
        select(project_members.c.project_id, project_members.c.role).where(project_members.c.person_id == person_id)
    )
    return {row.project_id: row.role for row in rows}


def put_project_member(tx: Connection, project_id: int, person_id: int, role: str, now: datetime) -> None:
    upsert(
        tx, project_members, ["project_id", "person_id"],
        {"project_id": project_id, "person_id": person_id, "role": role, "added_at": now},
    )  # fmt: skip


def delete_project_member(tx: Connection, project_id: int, person_id: int) -> int:
    return tx.execute(
        delete(project_members).where(
            project_members.c.project_id == project_id, project_members.c.person_id == person_id
        )
    ).rowcount
