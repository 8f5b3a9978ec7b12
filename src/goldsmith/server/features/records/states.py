"""A record's state: how far people are with it. The project's counts move with it."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.tables import records
from goldsmith.server.foundation.prepared import Prepared

STATES = ("new", "in_progress", "disputed", "resolved")

_READ = Prepared(select(records.c.id, records.c.state).where(records.c.id == bindparam("record_id")).with_for_update())
_WRITE = Prepared(update(records).where(records.c.id == bindparam("record_id")), columns=["state"])
_SENSITIVE = Prepared(select(records.c.sensitive).where(records.c.id == bindparam("record_id")))


def set_states(tx: Connection, project_id: int, to: Mapping[int, str]) -> None:
    """Set records' states by id and move the project's counters by what really changed. Deleted ones stay so."""
    found = (_READ.first(tx, record_id=record_id) for record_id in sorted(to))
    present = {row.id: row.state for row in found if row is not None}
    moved = [
        {"record_id": record_id, "state": state}
        for record_id, state in to.items()
        if record_id in present and present[record_id] not in (state, DELETED)
    ]
    if not moved:
        return
    _WRITE.many(tx, moved)
    deltas: Counter[str] = Counter(str(row["state"]) for row in moved)
    deltas.subtract(present[int(row["record_id"])] for row in moved)
    bump(tx, project_id, deltas, shard=min(to))


def is_sensitive(tx: Connection, record_id: int) -> bool:
    """Whether an expert must look at the record whatever people say."""
    return bool(_SENSITIVE.one(tx, record_id=record_id).sensitive)
