"""A record's state: how far people are with it. The project's counts move with it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.tables import records
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.prepared import Prepared

STATES = ("new", "in_progress", "disputed", "resolved")

_READ = Prepared(select(records.c.id, records.c.state).where(records.c.id == bindparam("record_id")).with_for_update())
_READ_MANY = select(records.c.id, records.c.state).order_by(records.c.id).with_for_update()
_WRITE = Prepared(update(records).where(records.c.id == bindparam("record_id")), columns=["state"])


def set_states(tx: Connection, project_id: int, to: Mapping[int, str]) -> None:
    """Set records' states by id and move the project's counters by what really changed. Deleted ones stay so."""
    present = _present(tx, sorted(to))
    moved = {
        record_id: state
        for record_id, state in to.items()
        if record_id in present and present[record_id] not in (state, DELETED)
    }
    if not moved:
        return
    _WRITE.many(tx, [{"record_id": record_id, "state": state} for record_id, state in moved.items()])
    deltas = Counter(moved.values())
    deltas.subtract(present[record_id] for record_id in moved)
    bump(tx, project_id, deltas, shard=min(to))


def _present(tx: Connection, record_ids: Sequence[int]) -> dict[int, str]:
    """The states as they are, locked in the order of the ids; one is read by a prepared statement."""
    if len(record_ids) == 1:
        rows = _READ.all(tx, record_id=record_ids[0])
    else:
        of_these = (tx.execute(_READ_MANY.where(records.c.id.in_(ids))) for ids in portions(record_ids))
        rows = [row for found in of_these for row in found]
    return {row.id: row.state for row in rows}


def is_sensitive(record_id: ColumnElement[int]) -> ColumnElement[bool]:
    """True of a record that an expert must look at whatever people say, within a statement that knows its id."""
    return select(records.c.sensitive).where(records.c.id == record_id).scalar_subquery()


def sensitive_among(tx: Connection, record_ids: Sequence[int]) -> set[int]:
    """Those of these records that an expert must look at."""
    return set(tx.execute(select(records.c.id).where(records.c.id.in_(record_ids), records.c.sensitive)).scalars())
