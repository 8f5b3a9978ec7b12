"""Queries of saved views."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from goldsmith.server.features.records.tables import saved_views

_LIVE = saved_views.c.deleted_at.is_(None)


def list_views(tx: Connection, project_id: int, person_id: int) -> list[Row]:
    """Theirs and the shared ones, by name."""
    visible = or_(saved_views.c.person_id == person_id, saved_views.c.shared)
    of_project = select(saved_views).where(saved_views.c.project_id == project_id, visible, _LIVE)
    return list(tx.execute(of_project.order_by(func.lower(saved_views.c.name), saved_views.c.id)))


def find_view(tx: Connection, project_id: int, view_id: int, *, deleted: bool) -> Row | None:
    gone = saved_views.c.deleted_at.is_not(None) if deleted else _LIVE
    return tx.execute(
        select(saved_views).where(saved_views.c.id == view_id, saved_views.c.project_id == project_id, gone)
    ).first()


def count_views(tx: Connection, project_id: int, person_id: int) -> int:
    of_person = (saved_views.c.project_id == project_id, saved_views.c.person_id == person_id, _LIVE)
    return tx.execute(select(func.count()).where(*of_person)).scalar_one()


def has_view_named(tx: Connection, project_id: int, person_id: int, name: str) -> bool:
    of_person = (saved_views.c.project_id == project_id, saved_views.c.person_id == person_id, _LIVE)
    return (
        tx.execute(select(saved_views.c.id).where(*of_person, saved_views.c.name == name).limit(1)).first() is not None
    )


def insert_view(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(saved_views).values(**values).returning(saved_views.c.id)).scalar_one()


def update_view(tx: Connection, view_id: int, **values: Any) -> None:
    tx.execute(update(saved_views).where(saved_views.c.id == view_id).values(**values))
