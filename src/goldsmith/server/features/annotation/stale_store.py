"""Every query about answers that a change of the schema has made stale, or might."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, select, text, tuple_

from goldsmith.server.features.annotation.tables import annotations, stale_answers
from goldsmith.server.features.records import is_kept
from goldsmith.server.foundation.prepared import Prepared

_COUNTS = (text("latest"), annotations.c.kind == "answer", annotations.c.counted)


def records_of_other_versions(tx: Connection, project_id: int, version: int, after: int, limit: int) -> list[int]:
    """The next records with an answer that counts and was given under another schema version; no deleted ones."""
    return list(
        tx.execute(
            select(annotations.c.record_id)
            .where(*_COUNTS, annotations.c.project_id == project_id, annotations.c.schema_version != version)
            .where(annotations.c.record_id > after, is_kept(annotations.c.record_id))
            .group_by(annotations.c.record_id)
            .order_by(annotations.c.record_id)
            .limit(limit)
        ).scalars()
    )


def distinct_answers(tx: Connection, project_id: int) -> Iterable[Any]:
    """(schema_version, answers as JSON text, how many) of the answers that count now."""
    answers = cast(annotations.c.answers, Text)
    return tx.execution_options(stream_results=True, yield_per=10_000).execute(
        select(annotations.c.schema_version, answers.label("answers"), func.count().label("n"))
        .where(*_COUNTS, annotations.c.project_id == project_id, is_kept(annotations.c.record_id))
        .group_by(annotations.c.schema_version, answers)
    )


def replace_marks(tx: Connection, record_ids: Sequence[int], rows: list[dict[str, Any]]) -> None:
    """Let these be the stale answers on these records."""
    tx.execute(delete(stale_answers).where(stale_answers.c.record_id.in_(record_ids)))
    if rows:
        tx.execute(insert(stale_answers), rows)


def add_mark(tx: Connection, **row: Any) -> None:
    """Let this answer, which has no mark, be a stale one."""
    tx.execute(insert(stale_answers), row)


_DROP = Prepared(
    delete(stale_answers).where(
        stale_answers.c.task_id == bindparam("task_id"), stale_answers.c.person_id == bindparam("person_id")
    )
)


def drop_mark(tx: Connection, task_id: int, person_id: int) -> None:
    _DROP.run(tx, task_id=task_id, person_id=person_id)


def put_mark(tx: Connection, **values: Any) -> None:
    """Let this answer be stale."""
    drop_mark(tx, values["task_id"], values["person_id"])
    tx.execute(insert(stale_answers).values(**values))


def list_marks(
    tx: Connection, project_id: int, after: tuple[int, int], limit: int, person_id: int | None = None
) -> Sequence[Any]:
    query = select(stale_answers).where(stale_answers.c.project_id == project_id)
    if person_id is not None:
        query = query.where(stale_answers.c.person_id == person_id)
    return tx.execute(
        query.where(tuple_(stale_answers.c.task_id, stale_answers.c.person_id) > after)
        .where(is_kept(stale_answers.c.record_id))
        .order_by(stale_answers.c.task_id, stale_answers.c.person_id)
        .limit(limit)
    ).all()


def count_marks(tx: Connection, project_id: int) -> dict[int, int]:
    """How many answers of each person are stale."""
    of_project = stale_answers.c.project_id == project_id
    query = select(stale_answers.c.person_id, func.count().label("n")).where(of_project)
    return {row.person_id: row.n for row in tx.execute(query.group_by(stale_answers.c.person_id))}


def find_marks(tx: Connection, project_id: int, answers: Sequence[tuple[int, int]]) -> Sequence[Any]:
    """Of these answers, given as (task, person), those that are stale."""
    named = tuple_(stale_answers.c.task_id, stale_answers.c.person_id).in_(answers)
    return tx.execute(
        select(stale_answers).where(stale_answers.c.project_id == project_id, named, is_kept(stale_answers.c.record_id))
    ).all()
