"""Which records are gone, for slices that keep something about records: rows to pass over, and what releases held."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, func, select

from goldsmith.server.features.records.tables import deleted_records, deletions


class Gone(NamedTuple):
    """A deleted record: its id, the SHA-256 of the name it had, and whether its texts are erased."""

    record_id: int
    name_hash: str
    deleted_at: datetime
    erased: bool


def is_kept(record_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """A condition on a query: the record that this column names was not deleted."""
    return ~exists(select(1).select_from(deleted_records).where(deleted_records.c.record_id == record_id))


def gone_from(tx: Connection, project_id: int, *, upto: int, made_at: datetime) -> Sequence[Gone]:
    """The records up to an id that were deleted at or after a moment, in the order of their ids."""
    columns = (
        deleted_records.c.record_id, deleted_records.c.external_id_hash, deletions.c.deleted_at,
        deleted_records.c.erased,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(deletions, deletions.c.id == deleted_records.c.deletion_id)
        .where(deleted_records.c.project_id == project_id, deleted_records.c.record_id <= upto)
        .where(deletions.c.deleted_at >= made_at)
        .order_by(deleted_records.c.record_id)
    )
    return [Gone(*row) for row in tx.execute(query)]


def deleted_since(tx: Connection, project_id: int, since: datetime | None, until: datetime) -> int:
    """How many records were deleted after one moment and up to another, and have not come back."""
    query = (
        select(func.count())
        .select_from(deleted_records)
        .join(deletions, deletions.c.id == deleted_records.c.deletion_id)
        .where(deleted_records.c.project_id == project_id, deletions.c.deleted_at <= until)
    )
    if since is not None:
        query = query.where(deletions.c.deleted_at > since)
    return tx.execute(query).scalar_one()
