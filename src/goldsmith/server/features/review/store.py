"""Every query about resolutions, cases and decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, cast, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from goldsmith.server.features.review.tables import cases, decisions, resolutions
from goldsmith.server.foundation.prepared import Prepared

_RESOLUTION = Prepared(select(resolutions).where(resolutions.c.record_id == bindparam("record_id")))


_STANDING = Prepared(
    select(resolutions.c.decision_id, cases.c.state.label("case_state"), cases.c.why).select_from(
        (asked := select(cast(bindparam("record_id"), BigInteger).label("record_id")).subquery("asked"))
        .outerjoin(resolutions, resolutions.c.record_id == asked.c.record_id)
        .outerjoin(cases, cases.c.record_id == asked.c.record_id)
    )
)


def standing_of(tx: Connection, record_id: int) -> Any:
    """What has been decided about a record so far, each part None if nothing: (decision_id, case_state, why)."""
    return _STANDING.one(tx, record_id=record_id)


def find_resolution(tx: Connection, record_id: int) -> Any | None:
    return _RESOLUTION.first(tx, record_id=record_id)


def _put(dialect_insert: Any) -> Prepared:
    statement = dialect_insert(resolutions)
    fresh = {column.name: statement.excluded[column.name] for column in resolutions.c if column.name != "record_id"}
    return Prepared(statement.on_conflict_do_update(index_elements=["record_id"], set_=fresh))


_PUT = {"sqlite": _put(sqlite.insert), "postgresql": _put(postgresql.insert)}


def put_resolution(tx: Connection, **values: Any) -> None:
    _PUT[tx.dialect.name].run(tx, **values)


def list_resolutions(tx: Connection, project_id: int, *, after: int, limit: int, state: str | None) -> Sequence[Any]:
    query = select(resolutions).where(resolutions.c.project_id == project_id, resolutions.c.record_id > after)
    if state is not None:
        query = query.where(resolutions.c.state == state)
    return tx.execute(query.order_by(resolutions.c.record_id).limit(limit)).all()


_CASE = Prepared(select(cases).where(cases.c.record_id == bindparam("record_id")))


def find_case(tx: Connection, record_id: int) -> Any | None:
    return _CASE.first(tx, record_id=record_id)


def find_case_by_task(tx: Connection, project_id: int, task_id: int) -> Any | None:
    return tx.execute(select(cases).where(cases.c.task_id == task_id, cases.c.project_id == project_id)).first()


def put_case(
    tx: Connection, *, task_id: int, project_id: int, record_id: int, why: str, state: str, now: datetime
) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(cases).values(
        task_id=task_id, project_id=project_id, record_id=record_id, why=why, state=state, opened_at=now
    )
    fresh = {name: statement.excluded[name] for name in ("why", "state", "opened_at")}
    tx.execute(statement.on_conflict_do_update(index_elements=["task_id"], set_=fresh))


def set_case_state(tx: Connection, task_id: int, state: str) -> None:
    tx.execute(update(cases).where(cases.c.task_id == task_id).values(state=state))


def list_cases(tx: Connection, project_id: int, *, state: str, after: int, limit: int) -> Sequence[Any]:
    return tx.execute(
        select(cases)
        .where(cases.c.project_id == project_id, cases.c.state == state, cases.c.task_id > after)
        .order_by(cases.c.task_id)
        .limit(limit)
    ).all()


def latest_decisions(tx: Connection, record_ids: list[int]) -> dict[int, Any]:
    """The newest decision per record, withdrawals included."""
    rows = tx.execute(select(decisions).where(decisions.c.record_id.in_(record_ids), decisions.c.latest))
    return {row.record_id: row for row in rows}


def append_decision(tx: Connection, previous: Any | None, **values: Any) -> int:
    """Add a decision; the one before is no longer the latest. Returns its id."""
    if previous is not None:
        tx.execute(update(decisions).where(decisions.c.id == previous.id).values(latest=False))
    made = tx.execute(insert(decisions).values(**values, latest=True))
    assert made.inserted_primary_key is not None
    return made.inserted_primary_key[0]
