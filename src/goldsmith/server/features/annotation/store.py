"""Every query about answers, drafts and days of work."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, text, tuple_, update

from goldsmith.server.features.annotation.tables import annotations, drafts, work_days
from goldsmith.server.features.records import is_kept
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.upsert import Begin, insert_into, on_each_engine, replacing

_LATEST = Prepared(
    select(annotations)
    .where(annotations.c.task_id == bindparam("task_id"), annotations.c.person_id == bindparam("person_id"))
    .order_by(annotations.c.revision.desc())
    .limit(1)
)


def latest_of(tx: Connection, task_ids: list[int], person_id: int) -> dict[int, Any]:
    """The person's newest revision per task, withdrawals included."""
    found = (_LATEST.first(tx, task_id=task_id, person_id=person_id) for task_id in task_ids)
    return {row.task_id: row for row in found if row is not None}


_APPEND = Prepared(insert(annotations), columns=[column.name for column in annotations.c if column.name != "id"])


def append(tx: Connection, previous: Any | None, **values: Any) -> int:
    """Add a revision; the one before is no longer the latest. Returns the revision's number."""
    if previous is not None:
        tx.execute(update(annotations).where(annotations.c.id == previous.id).values(latest=False))
    revision = previous.revision + 1 if previous is not None else 1
    _APPEND.run(tx, **values, revision=revision, latest=True)
    return revision


def append_many(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Add revisions whose numbers are known."""
    _APPEND.many(tx, rows)


def revisions_of(tx: Connection, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The newest revision's number of those (task, person) pairs that have one."""
    wanted, task_ids = set(pairs), {task_id for task_id, _ in pairs}
    rows = tx.execute(
        select(annotations.c.task_id, annotations.c.person_id, func.max(annotations.c.revision))
        .where(annotations.c.task_id.in_(task_ids))
        .group_by(annotations.c.task_id, annotations.c.person_id)
    )
    return {(row[0], row[1]): row[2] for row in rows if (row[0], row[1]) in wanted}


def no_longer_latest(tx: Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """A newer revision of each of these (task, person) pairs follows."""
    for task_id, person_id in pairs:
        mine = (annotations.c.task_id == task_id, annotations.c.person_id == person_id)
        tx.execute(update(annotations).where(*mine, annotations.c.latest).values(latest=False))


_OPINIONS = Prepared(
    select(annotations)
    .where(annotations.c.record_id == bindparam("record_id"), text("latest"))
    .where(annotations.c.kind == "answer", annotations.c.counted)
    .order_by(annotations.c.id)
)


def opinions(tx: Connection, record_id: int) -> Sequence[Any]:
    """The answers that count for a record now."""
    return _OPINIONS.all(tx, record_id=record_id)


def opinions_of_many(tx: Connection, record_ids: Sequence[int]) -> Sequence[Any]:
    """The answers that count for these records now, the earliest first."""
    return tx.execute(
        select(annotations)
        .where(annotations.c.record_id.in_(record_ids), text("latest"))
        .where(annotations.c.kind == "answer", annotations.c.counted)
        .order_by(annotations.c.id)
    ).all()


def answers_on(tx: Connection, record_ids: Sequence[int]) -> dict[int, int]:
    """How many answers count for each of these records, where there are any."""
    rows = tx.execute(
        select(annotations.c.record_id, func.count().label("n"))
        .where(annotations.c.record_id.in_(record_ids), text("latest"))
        .where(annotations.c.kind == "answer", annotations.c.counted)
        .group_by(annotations.c.record_id)
    )
    return {row.record_id: row.n for row in rows}


def answered_by(person_id: int, record_id: Any) -> Select[Any]:
    """Whether this person's answer counts for the record, as part of a statement."""
    return (
        select(annotations.c.id)
        .where(annotations.c.record_id == record_id, annotations.c.person_id == person_id, text("annotations.latest"))
        .where(annotations.c.kind == "answer", annotations.c.counted)
    )


def answers_as_of(tx: Connection, asked: Sequence[tuple[int, int, int]]) -> dict[tuple[int, int], Any]:
    """Single revisions, asked for as (task, person, revision), by (task, revision); one person's."""
    key = tuple_(annotations.c.task_id, annotations.c.person_id, annotations.c.revision)
    rows = tx.execute(select(annotations).where(key.in_(asked)))
    return {(row.task_id, row.revision): row for row in rows}


def list_annotations(
    tx: Connection, project_id: int, *, after: int, limit: int, record_id: int | None, person_id: int | None
) -> Sequence[Any]:
    query = select(annotations).where(
        annotations.c.project_id == project_id, annotations.c.id > after, is_kept(annotations.c.record_id)
    )
    if record_id is not None:
        query = query.where(annotations.c.record_id == record_id)
    if person_id is not None:
        query = query.where(annotations.c.person_id == person_id)
    return tx.execute(query.order_by(annotations.c.id).limit(limit)).all()


class Extent(NamedTuple):
    """How many answers and revisions a project has, and which came last: they are only ever added to."""

    answers: int
    newest: int


_EXTENT = Prepared(
    select(func.count().label("answers"), func.coalesce(func.max(annotations.c.id), 0).label("newest")).where(
        annotations.c.project_id == bindparam("project_id")
    )
)


def extent_of_answers(tx: Connection, project_id: int) -> Extent:
    """The number tells apart what the newest id cannot: an answer with a lower id may be committed after it."""
    extent = _EXTENT.one(tx, project_id=project_id)
    return Extent(extent.answers, extent.newest)


def present_answers(tx: Connection, project_id: int) -> Iterable[Any]:
    """(record_id, person_id, answers, schema_version) of every answer that counts now; streamed."""
    return tx.execution_options(stream_results=True, yield_per=10_000).execute(
        select(annotations.c.record_id, annotations.c.person_id, annotations.c.answers, annotations.c.schema_version)
        .where(annotations.c.project_id == project_id, annotations.c.latest)
        .where(annotations.c.kind == "answer", annotations.c.counted, is_kept(annotations.c.record_id))
    )


_DRAFT = Prepared(
    select(drafts).where(drafts.c.task_id == bindparam("task_id"), drafts.c.person_id == bindparam("person_id"))
)


def drafts_of(tx: Connection, task_ids: list[int], person_id: int) -> dict[int, Any]:
    found = (_DRAFT.first(tx, task_id=task_id, person_id=person_id) for task_id in task_ids)
    return {row.task_id: row for row in found if row is not None}


def put_draft(tx: Connection, **values: Any) -> None:
    made = insert_into(tx, drafts).values(**values)
    tx.execute(replacing(made, ["task_id", "person_id"], ["answers", "notes", "active_ms", "updated_at"]))


_DROP_DRAFT = Prepared(
    delete(drafts).where(drafts.c.task_id == bindparam("task_id"), drafts.c.person_id == bindparam("person_id"))
)


def delete_draft(tx: Connection, task_id: int, person_id: int) -> None:
    _DROP_DRAFT.run(tx, task_id=task_id, person_id=person_id)


def _add_work(begin: Begin) -> Prepared:
    made = begin(work_days)
    sums = {name: work_days.c[name] + made.excluded[name] for name in ("submitted", "skipped", "flagged", "active_ms")}
    return Prepared(made.on_conflict_do_update(index_elements=["project_id", "person_id", "day"], set_=sums))


_ADD_WORK = on_each_engine(_add_work)


def add_work(
    tx: Connection, project_id: int, person_id: int, day: date,
    *, submitted: int = 0, skipped: int = 0, flagged: int = 0, active_ms: int = 0,
) -> None:  # fmt: skip
    _ADD_WORK[tx.dialect.name].run(
        tx, project_id=project_id, person_id=person_id, day=day, submitted=submitted, skipped=skipped,
        flagged=flagged, active_ms=active_ms,
    )  # fmt: skip


_MINE = Prepared(
    select(work_days.c.day, work_days.c.submitted).where(
        work_days.c.project_id == bindparam("project_id"), work_days.c.person_id == bindparam("person_id")
    )
)


def my_days(tx: Connection, project_id: int, person_id: int) -> Sequence[Any]:
    return _MINE.all(tx, project_id=project_id, person_id=person_id)


_GIVEN = Prepared(
    select(func.coalesce(func.sum(work_days.c.submitted), 0).label("submitted")).where(
        work_days.c.project_id == bindparam("project_id"), work_days.c.person_id == bindparam("person_id")
    )
)


def answers_given(tx: Connection, project_id: int, person_id: int) -> int:
    """How many answers the person has given in the project."""
    return int(_GIVEN.one(tx, project_id=project_id, person_id=person_id).submitted)


def work_by_person(tx: Connection, project_id: int, today: date) -> Sequence[Any]:
    """(person_id, submitted, skipped, flagged, active_ms, today) per person."""
    sums = [func.sum(work_days.c[name]).label(name) for name in ("submitted", "skipped", "flagged", "active_ms")]
    is_today = func.sum(work_days.c.submitted).filter(work_days.c.day == today).label("submitted_today")
    return tx.execute(
        select(work_days.c.person_id, *sums, is_today)
        .where(work_days.c.project_id == project_id)
        .group_by(work_days.c.person_id)
    ).all()


def work_by_day(tx: Connection, project_id: int, since: date) -> Sequence[Any]:
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
