"""Every query about answers, drafts and days of work."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from goldsmith.server.features.annotation.tables import annotations, drafts, work_days

_LATEST_OF_TASKS = select(annotations).where(
    annotations.c.task_id.in_(bindparam("task_ids", expanding=True)),
    annotations.c.person_id == bindparam("person_id"),
    annotations.c.latest,
)


def latest_of(tx: Connection, task_ids: list[int], person_id: int) -> dict[int, Row[Any]]:
    """The person's newest revision per task, withdrawals included."""
    rows = tx.execute(_LATEST_OF_TASKS, {"task_ids": task_ids, "person_id": person_id})
    return {row.task_id: row for row in rows}


def append(tx: Connection, previous: Row[Any] | None, **values: Any) -> int:
    """Add a revision; the one before is no longer the latest. Returns the revision's number."""
    if previous is not None:
        tx.execute(update(annotations).where(annotations.c.id == previous.id).values(latest=False))
    revision = previous.revision + 1 if previous is not None else 1
    tx.execute(insert(annotations).values(**values, revision=revision, latest=True))
    return revision


_OPINIONS = (
    select(annotations)
    .where(annotations.c.record_id == bindparam("record_id"), text("latest"))
    .where(annotations.c.kind == "answer", annotations.c.counted)
    .order_by(annotations.c.id)
)


def opinions(tx: Connection, record_id: int) -> Sequence[Row[Any]]:
    """The answers that count for a record now."""
    return tx.execute(_OPINIONS, {"record_id": record_id}).all()


def list_annotations(
    tx: Connection, project_id: int, *, after: int, limit: int, record_id: int | None, person_id: int | None
) -> Sequence[Row[Any]]:
    query = select(annotations).where(annotations.c.project_id == project_id, annotations.c.id > after)
    if record_id is not None:
        query = query.where(annotations.c.record_id == record_id)
    if person_id is not None:
        query = query.where(annotations.c.person_id == person_id)
    return tx.execute(query.order_by(annotations.c.id).limit(limit)).all()


def present_answers(tx: Connection, project_id: int) -> Iterable[Row[Any]]:
    """(record_id, person_id, answers) of every answer that counts now; streamed."""
    return tx.execution_options(stream_results=True, yield_per=10_000).execute(
        select(annotations.c.record_id, annotations.c.person_id, annotations.c.answers)
        .where(annotations.c.project_id == project_id, annotations.c.latest)
        .where(annotations.c.kind == "answer", annotations.c.counted)
    )


def drafts_of(tx: Connection, task_ids: list[int], person_id: int) -> dict[int, Row[Any]]:
    rows = tx.execute(select(drafts).where(drafts.c.task_id.in_(task_ids), drafts.c.person_id == person_id))
    return {row.task_id: row for row in rows}


def put_draft(
    tx: Connection, *, task_id: int, person_id: int, answers: dict[str, Any], active_ms: int, now: datetime
) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(drafts).values(
        task_id=task_id, person_id=person_id, answers=answers, active_ms=active_ms, updated_at=now
    )
    fresh = {name: statement.excluded[name] for name in ("answers", "active_ms", "updated_at")}
    tx.execute(statement.on_conflict_do_update(index_elements=["task_id", "person_id"], set_=fresh))


def delete_draft(tx: Connection, task_id: int, person_id: int) -> None:
    tx.execute(delete(drafts).where(drafts.c.task_id == task_id, drafts.c.person_id == person_id))


def _add_work(dialect_insert: Any) -> Any:
    statement = dialect_insert(work_days)
    sums = {
        name: work_days.c[name] + statement.excluded[name] for name in ("submitted", "skipped", "flagged", "active_ms")
    }
    return statement.on_conflict_do_update(index_elements=["project_id", "person_id", "day"], set_=sums)


_ADD_WORK = {"sqlite": _add_work(sqlite.insert), "postgresql": _add_work(postgresql.insert)}


def add_work(
    tx: Connection, project_id: int, person_id: int, day: date,
    *, submitted: int = 0, skipped: int = 0, flagged: int = 0, active_ms: int = 0,
) -> None:  # fmt: skip
    row = {
        "project_id": project_id, "person_id": person_id, "day": day,
        "submitted": submitted, "skipped": skipped, "flagged": flagged, "active_ms": active_ms,
    }  # fmt: skip
    tx.execute(_ADD_WORK[tx.dialect.name], row)


_MINE = select(work_days.c.day, work_days.c.submitted).where(
    work_days.c.project_id == bindparam("project_id"), work_days.c.person_id == bindparam("person_id")
)


def my_days(tx: Connection, project_id: int, person_id: int) -> Sequence[Row[Any]]:
    return tx.execute(_MINE, {"project_id": project_id, "person_id": person_id}).all()


def work_by_person(tx: Connection, project_id: int, today: date) -> Sequence[Row[Any]]:
    """(person_id, submitted, skipped, flagged, active_ms, today) per person."""
    sums = [func.sum(work_days.c[name]).label(name) for name in ("submitted", "skipped", "flagged", "active_ms")]
    is_today = func.sum(work_days.c.submitted).filter(work_days.c.day == today).label("submitted_today")
    return tx.execute(
        select(work_days.c.person_id, *sums, is_today)
        .where(work_days.c.project_id == project_id)
        .group_by(work_days.c.person_id)
    ).all()


def work_by_day(tx: Connection, project_id: int, since: date) -> Sequence[Row[Any]]:
    """(day, submitted, active_ms) since a day, in order."""
    return tx.execute(
        select(
            work_days.c.day, func.sum(work_days.c.submitted).label("submitted"),
            func.sum(work_days.c.active_ms).label("active_ms"),
        )
        .where(work_days.c.project_id == project_id, work_days.c.day >= since)
        .group_by(work_days.c.day)
        .order_by(work_days.c.day)
    ).all()  # fmt: skip
