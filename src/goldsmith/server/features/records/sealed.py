"""What bounds and seals a project's records, for slices that work through all of them."""

from collections.abc import Iterator

from sqlalchemy import Connection, Text, cast, func, select

from goldsmith.server.features.records.tables import record_bodies, records

_AT_ONCE = 1000


def newest_record_id(tx: Connection, project_id: int) -> int:
    """The id of the record that came last; 0 without any."""
    return tx.execute(select(func.max(records.c.id)).where(records.c.project_id == project_id)).scalar() or 0


def holdout_fields(tx: Connection, project_id: int) -> Iterator[str]:
    """The fields of every holdout record as JSON text."""
    query = (
        select(cast(record_bodies.c.fields, Text))
        .join(records, records.c.id == record_bodies.c.record_id)
        .where(records.c.project_id == project_id, records.c.holdout)
    )
    yield from tx.execute(query.execution_options(stream_results=True, yield_per=_AT_ONCE)).scalars()
