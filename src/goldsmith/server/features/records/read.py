"""Read records: one as its reader may see it, or all of them in a stream for whoever works through a project."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from goldsmith.server.features.accounts import GRANTS, Permission, Who
from goldsmith.server.features.records import store
from goldsmith.server.features.records.bodies import Record, record_of


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record with its documents as JSON text, for streams that pass them on undecoded."""

    id: int
    external_id: str
    content_hash: str
    state: str
    sensitive: bool
    holdout: bool
    origin: str
    fields: str
    metadata: str
    attributes: str


def read_record(tx: Connection, who: Who, record_id: int) -> Record:
    """One record; its attributes only for those who may manage the project."""
    may_see = who.role in GRANTS[Permission.MANAGE] and (who.scopes is None or Permission.MANAGE in who.scopes)
    return record_of(tx, who.project, record_id, with_attributes=may_see)


def raw_records(
    tx: Connection, project_id: int, *, after: int = 0, limit: int = 1000, states: Sequence[str] | None = None
) -> list[RawRecord]:
    """The next `limit` records beyond the id `after`, in id order; an empty list at the end."""
    return [RawRecord(*row) for row in store.list_raw_records(tx, project_id, after=after, limit=limit, states=states)]
