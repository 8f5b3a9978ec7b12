"""Every query about projects and the versions of their schema and guideline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, func, insert, select, update

from goldsmith.server.features.projects.tables import (
    acknowledgements,
    guideline_versions,
    projects,
    retention_rules,
    schema_versions,
)
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.upsert import insert_into, replacing

_WHOLE = (
    select(
        projects,
        schema_versions.c.fields, schema_versions.c.questions,
        schema_versions.c.note.label("schema_note"), schema_versions.c.created_at.label("schema_created_at"),
    )
    .join(
        schema_versions,
        (schema_versions.c.project_id == projects.c.id) & (schema_versions.c.version == projects.c.schema_version),
    )
)  # fmt: skip


def find_project(tx: Connection, project_id: int) -> Row | None:
    return tx.execute(select(projects).where(projects.c.id == project_id)).first()


_RULES = Prepared(
    select(
        projects.c.id, projects.c.workspace_id, projects.c.archived_at, projects.c.schema_version,
        projects.c.guideline_version, cast(projects.c.policy, Text).label("policy"),
        cast(schema_versions.c.fields, Text).label("fields"),
        cast(schema_versions.c.questions, Text).label("questions"),
    )
    .join(
        schema_versions,
        (schema_versions.c.project_id == projects.c.id) & (schema_versions.c.version == projects.c.schema_version),
    )
    .where(projects.c.id == bindparam("project_id"))
)  # fmt: skip


def find_rules(tx: Connection, project_id: int) -> Any | None:
    """What the hot path needs of a project, its documents still as text."""
    return _RULES.first(tx, project_id=project_id)


def find_whole_project(tx: Connection, project_id: int) -> Row | None:
    """The project with its current schema."""
    return tx.execute(_WHOLE.where(projects.c.id == project_id)).first()


def hold_project(tx: Connection, project_id: int) -> None:
    """Let nobody else hold the project until this transaction ends (SQLite's writers wait for each other anyway)."""
    tx.execute(select(projects.c.id).where(projects.c.id == project_id).with_for_update())


def find_by_slug(tx: Connection, workspace_id: int, slug: str) -> Row | None:
    return tx.execute(select(projects).where(projects.c.workspace_id == workspace_id, projects.c.slug == slug)).first()


def list_projects(
    tx: Connection, workspace_id: int, *, after: int, limit: int, among: list[int] | None, slug: str | None
) -> list[Row]:
    query = select(projects).where(projects.c.workspace_id == workspace_id, projects.c.id > after)
    if among is not None:
        query = query.where(projects.c.id.in_(among))
    if slug is not None:
        query = query.where(projects.c.slug == slug)
    return list(tx.execute(query.order_by(projects.c.id).limit(limit)))


def insert_project(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(projects).values(**values).returning(projects.c.id)).scalar_one()


def update_project(tx: Connection, project_id: int, **values: Any) -> None:
    tx.execute(update(projects).where(projects.c.id == project_id).values(**values))


def insert_schema(tx: Connection, **values: Any) -> None:
    tx.execute(insert(schema_versions).values(**values))


def list_schemas(tx: Connection, project_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(schema_versions)
            .where(schema_versions.c.project_id == project_id)
            .order_by(schema_versions.c.version.desc())
        )
    )


_SCHEMA_TEXTS = Prepared(
    select(
        schema_versions.c.version, schema_versions.c.parent,
        cast(schema_versions.c.questions, Text).label("questions"),
        cast(schema_versions.c.changes, Text).label("changes"),
    )
    .where(schema_versions.c.project_id == bindparam("project_id"))
    .order_by(schema_versions.c.version)
)  # fmt: skip


def list_schema_texts(tx: Connection, project_id: int) -> list[Any]:
    """Every version's questions and changes, still as text, oldest first."""
    return _SCHEMA_TEXTS.all(tx, project_id=project_id)


def find_schema(tx: Connection, project_id: int, version: int) -> Row | None:
    return tx.execute(
        select(schema_versions).where(schema_versions.c.project_id == project_id, schema_versions.c.version == version)
    ).first()


def insert_guideline(tx: Connection, **values: Any) -> None:
    tx.execute(insert(guideline_versions).values(**values))


def list_guidelines(tx: Connection, project_id: int) -> list[Row]:
    """Every version without its text, newest first."""
    columns = [column for column in guideline_versions.c if column.name != "body"]
    return list(
        tx.execute(
            select(*columns)
            .where(guideline_versions.c.project_id == project_id)
            .order_by(guideline_versions.c.version.desc())
        )
    )


def find_guideline(tx: Connection, project_id: int, version: int) -> Row | None:
    return tx.execute(
        select(guideline_versions).where(
            guideline_versions.c.project_id == project_id, guideline_versions.c.version == version
        )
    ).first()


def latest_version(tx: Connection, table: Any, project_id: int) -> int:
    return tx.execute(select(func.max(table.c.version)).where(table.c.project_id == project_id)).scalar() or 0


def list_guideline_texts(tx: Connection, project_id: int) -> Iterable[str]:
    """The text of every version there ever was."""
    bodies = select(guideline_versions.c.body).where(guideline_versions.c.project_id == project_id)
    return tx.execute(bodies).scalars()


def put_acknowledgement(
    tx: Connection, project_id: int, person_id: int, subject: str, version: int, now: datetime
) -> bool:
    """Note that the person knows the version; whether that is news."""
    made = insert_into(tx, acknowledgements).values(
        project_id=project_id, person_id=person_id, subject=subject, version=version, at=now
    )
    return tx.execute(made.on_conflict_do_nothing().returning(acknowledgements.c.version)).first() is not None


def list_acknowledgements(tx: Connection, project_id: int, person_id: int | None = None) -> list[Row]:
    """(person_id, subject, version, at), the newest version of each person and subject last."""
    query = select(acknowledgements).where(acknowledgements.c.project_id == project_id)
    if person_id is not None:
        query = query.where(acknowledgements.c.person_id == person_id)
    return list(tx.execute(query.order_by(acknowledgements.c.version)))


def list_version_times(tx: Connection, project_id: int) -> dict[str, list[Row]]:
    """(version, created_at) of every version of guideline and schema, oldest first."""
    tables = {"guideline": guideline_versions, "schema": schema_versions}
    return {
        subject: list(
            tx.execute(
                select(table.c.version, table.c.created_at)
                .where(table.c.project_id == project_id)
                .order_by(table.c.version)
            )
        )
        for subject, table in tables.items()
    }


def list_retention(tx: Connection) -> list[Row]:
    """(project_id, rules) of every project that has rules of its own."""
    return list(tx.execute(select(retention_rules.c.project_id, retention_rules.c.rules)))


def find_retention(tx: Connection, project_id: int) -> dict[str, Any] | None:
    return tx.execute(select(retention_rules.c.rules).where(retention_rules.c.project_id == project_id)).scalar()


def put_retention(tx: Connection, project_id: int, rules: dict[str, Any], now: datetime) -> None:
    made = insert_into(tx, retention_rules).values(project_id=project_id, rules=rules, changed_at=now)
    tx.execute(replacing(made, ["project_id"], ["rules", "changed_at"]))


def list_archived(tx: Connection) -> list[Row]:
    """(id, workspace_id, name, archived_at) of every finished project."""
    columns = (projects.c.id, projects.c.workspace_id, projects.c.name, projects.c.archived_at)
    return list(tx.execute(select(*columns).where(projects.c.archived_at.is_not(None)).order_by(projects.c.id)))
