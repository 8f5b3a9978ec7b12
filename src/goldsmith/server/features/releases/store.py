"""Every query about releases and the parts they are made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text, update

from goldsmith.server.features.projects import hold_project
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.tables import release_parts, releases


def insert_release(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(releases).values(**values)).inserted_primary_key[0]  # type: ignore[index]


def update_release(tx: Connection, release_id: int, **values: Any) -> None:
    tx.execute(update(releases).where(releases.c.id == release_id).values(**values))


def find_release(tx: Connection, project_id: int, release_id: int) -> Row[Any] | None:
    return tx.execute(select(releases).where(releases.c.id == release_id, releases.c.project_id == project_id)).first()


def release_of_job(tx: Connection, job_id: int) -> Row[Any]:
    return tx.execute(select(releases).where(releases.c.job_id == job_id)).one()


def list_releases(tx: Connection, project_id: int, *, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """Newest first."""
    shown = [column for column in releases.c if column.name not in ("plan", "manifest", "salt")]
    query = select(*shown).where(releases.c.project_id == project_id)
    if before is not None:
        query = query.where(releases.c.id < before)
    return tx.execute(query.order_by(releases.c.id.desc()).limit(limit)).all()


def release_before(tx: Connection, project_id: int, number: int) -> Row[Any] | None:
    """The finished release with the highest number below this one."""
    earlier = (releases.c.project_id == project_id, releases.c.number < number, releases.c.state == ReleaseState.READY)
    return tx.execute(select(releases).where(*earlier).order_by(releases.c.number.desc()).limit(1)).first()


def withdrawn(tx: Connection) -> Sequence[Row[Any]]:
    """Withdrawn releases whose rows are kept still."""
    kept = (releases.c.withdrawn_at.is_not(None), releases.c.files_removed_at.is_(None))
    return tx.execute(select(releases).where(*kept).order_by(releases.c.id)).all()


def mark_removed(tx: Connection, release_id: int, now: datetime) -> bool:
    """From now on the rows are gone, unless the release was reinstated in the meantime."""
    withdrawn = (releases.c.id == release_id, releases.c.withdrawn_at.is_not(None))
    return bool(tx.execute(update(releases).where(*withdrawn).values(files_removed_at=now)).rowcount)


def next_number(tx: Connection, project_id: int) -> int:
    """The number of the project's next release. Two at once would collide, so the project is held."""
    hold_project(tx, project_id)
    newest = select(func.max(releases.c.number)).where(releases.c.project_id == project_id)
    return (tx.execute(newest).scalar() or 0) + 1


def insert_part(tx: Connection, release_id: int, position: int, token: str, counts: Any) -> None:
    tx.execute(insert(release_parts).values(release_id=release_id, position=position, token=token, counts=counts))


def list_parts(tx: Connection, release_id: int) -> Sequence[Row[Any]]:
    """The parts that count, in order."""
    return tx.execute(
        select(release_parts).where(release_parts.c.release_id == release_id).order_by(release_parts.c.position)
    ).all()


def look_once(tx: Connection) -> None:
    """Let every query of this transaction see the same moment (SQLite's readers always do). Must come first."""
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
