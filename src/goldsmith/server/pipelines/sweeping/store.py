"""Every query about sweeps."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.stored import known, plain
from goldsmith.server.pipelines.domain import JobState
from goldsmith.server.pipelines.sweeping.domain import Sweep, Way, cut
from goldsmith.server.pipelines.sweeping.tables import sweep_stretches, sweeps
from goldsmith.server.pipelines.tables import jobs


def insert_sweep(tx: Connection, ids: Sequence[int], *, size: int, **values: Any) -> int:
    """Keep a sweep with its list."""
    made = insert(sweeps).values(size=size, n_items=len(ids), done={}, undone={}, **values)
    sweep_id = tx.execute(made.returning(sweeps.c.id)).scalar_one()
    rows = [{"sweep_id": sweep_id, "number": at, "ids": list(part)} for at, part in enumerate(cut(ids, size))]
    for some in portions(rows):
        tx.execute(insert(sweep_stretches), list(some))
    return sweep_id


def read_sweep(tx: Connection, sweep_id: int) -> Sweep:
    return _sweep(tx.execute(select(sweeps).where(sweeps.c.id == sweep_id)).one())


def lock_sweep(tx: Connection, sweep_id: int) -> Sweep:
    """The sweep, held until the transaction ends."""
    return _sweep(tx.execute(select(sweeps).where(sweeps.c.id == sweep_id).with_for_update()).one())


def find_sweep(tx: Connection, deed: str, subject_id: int) -> Sweep | None:
    row = tx.execute(select(sweeps).where(sweeps.c.deed == deed, sweeps.c.subject_id == subject_id)).first()
    return None if row is None else _sweep(row)


def list_sweeps(tx: Connection, deed: str, subject_ids: Collection[int]) -> list[tuple[Sweep, JobState | None]]:
    """The sweeps of a deed on these subjects, each with how its latest job is."""
    query = select(sweeps, jobs.c.state).outerjoin(jobs, jobs.c.id == sweeps.c.job_id)
    rows = tx.execute(query.where(sweeps.c.deed == deed, sweeps.c.subject_id.in_(subject_ids))).all()
    return [(_sweep(row), plain(JobState, row.state) if row.state else None) for row in rows]


def ids_of(tx: Connection, sweep_id: int, number: int) -> list[int]:
    """One stretch of the list."""
    one = (sweep_stretches.c.sweep_id == sweep_id, sweep_stretches.c.number == number)
    return tx.execute(select(sweep_stretches.c.ids).where(*one)).scalar_one()


def update_sweep(tx: Connection, sweep_id: int, **values: Any) -> None:
    tx.execute(update(sweeps).where(sweeps.c.id == sweep_id).values(**values))


def _sweep(row: Row[Any]) -> Sweep:
    values: dict[str, Any] = {name: value for name, value in row._mapping.items() if name in Sweep.__dataclass_fields__}
    values["way"] = known(Way, row.way)
    return Sweep(**values)
