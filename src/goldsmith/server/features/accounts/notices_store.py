"""Every query about notices. An inbox is a person's notices in one workspace, but for projects not open to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, or_, select, true, update

from goldsmith.server.features.accounts.notices_tables import notices
from goldsmith.server.features.accounts.tables import people, project_members
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Inbox:
    """Whose notices; an owner of the workspace sees those of every project."""

    person_id: int
    workspace_id: int
    every_project: bool

    @property
    def holds(self) -> ColumnElement[bool]:
        """True of the notices in this inbox."""
        is_member = exists().where(
            project_members.c.project_id == notices.c.project_id, project_members.c.person_id == self.person_id
        )
        is_open = true() if self.every_project else or_(notices.c.project_id.is_(None), is_member)
        return (notices.c.person_id == self.person_id) & (notices.c.workspace_id == self.workspace_id) & is_open


def insert_notices(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Those whose key the person has been told of already change nothing."""
    if rows:
        tx.execute(insert_into(tx, notices).on_conflict_do_nothing(index_elements=["key", "person_id"]), rows)


def delete_notices(tx: Connection, keys: Sequence[str]) -> None:
    tx.execute(delete(notices).where(notices.c.key.in_(keys)))


def set_words(tx: Connection, key: str, person_id: int, words: str) -> None:
    tx.execute(update(notices).where(notices.c.key == key, notices.c.person_id == person_id).values(words=words))


def list_notices(
    tx: Connection, inbox: Inbox, *, unread: bool, kind: str | None, before: int | None, limit: int
) -> Sequence[Row[Any]]:
    query = (
        select(notices, people.c.name.label("actor_name"))
        .join(people, people.c.id == notices.c.actor_id, isouter=True)
        .where(inbox.holds)
    )
    if unread:
        query = query.where(notices.c.read_at.is_(None))
    if kind is not None:
        query = query.where(notices.c.kind == kind)
    if before is not None:
        query = query.where(notices.c.id < before)
    return tx.execute(query.order_by(notices.c.id.desc()).limit(limit)).all()


def count_unread(tx: Connection, inbox: Inbox, upto: int) -> int:
    some = select(notices.c.id).where(inbox.holds, notices.c.read_at.is_(None)).limit(upto).subquery()
    return tx.execute(select(func.count()).select_from(some)).scalar_one()


def unlike(tx: Connection, inbox: Inbox, ids: Sequence[int] | None, *, read: bool, limit: int) -> list[int]:
    """Of these notices (None: of all), the ones that are not as `read` says."""
    differs = notices.c.read_at.is_(None) if read else notices.c.read_at.is_not(None)
    query = select(notices.c.id).where(inbox.holds, differs)
    if ids is None:
        return list(tx.execute(query.order_by(notices.c.id.desc()).limit(limit)).scalars())
    return [found for some in portions(ids) for found in tx.execute(query.where(notices.c.id.in_(some))).scalars()]


def set_read(tx: Connection, ids: Sequence[int], at: datetime | None) -> None:
    for some in portions(ids):
        tx.execute(update(notices).where(notices.c.id.in_(some)).values(read_at=at))


def delete_about(tx: Connection, project_id: int, name: str, ids: Sequence[int]) -> None:
    """Notices of the project that are about these, by the name of their id."""
    for some in portions(ids):
        about = notices.c.about[name].as_integer().in_(some)
        tx.execute(delete(notices).where(notices.c.project_id == project_id, about))
