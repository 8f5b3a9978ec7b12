"""What bounds and seals a project's records, for slices that work through all of them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Text, cast, func, select

from goldsmith.server.features.records.read import RawRecord
from goldsmith.server.features.records.tables import record_bodies, records

_AT_ONCE = 1000


class Holdout(NamedTuple):
    """A sealed record; `fields` is JSON text."""

    id: int
    external_id: str
    fields: str


class NearDuplicate(NamedTuple):
    """The holdout record that a record nearly repeats, and how similar the two are (see `likeness`)."""

    holdout: str
    similarity: float


class Seal(Protocol):
    """Knows what the holdout records of a project say."""

    def near_duplicates(self, tx: Connection, batch: Sequence[RawRecord]) -> dict[int, NearDuplicate]:
        """Those of the records that are near-duplicates of a holdout record, by id; of the first, if of several."""
        ...


def newest_record_id(tx: Connection, project_id: int) -> int:
    """The id of the record that came last; 0 without any."""
    return tx.execute(select(func.max(records.c.id)).where(records.c.project_id == project_id)).scalar() or 0


def holdouts(tx: Connection, project_id: int) -> Iterator[Holdout]:
    """Every holdout record, in the order in which they came."""
    query = (
        select(records.c.id, records.c.external_id, cast(record_bodies.c.fields, Text))
        .join(record_bodies, records.c.id == record_bodies.c.record_id)
        .where(records.c.project_id == project_id, records.c.holdout)
        .order_by(records.c.id)
    )
    rows: Any = tx.execute(query.execution_options(stream_results=True, yield_per=_AT_ONCE))
    yield from map(Holdout._make, rows)


def seal_of(tx: Connection, project_id: int) -> Seal:
    """Look at every holdout record of the project once; the seal then knows them without the database."""
    # The comparison runs on numpy, which takes longer to load than a server may take to start: only a worker loads it.
    from goldsmith.server.features.records.near import NearHoldouts

    return NearHoldouts(holdouts(tx, project_id))
