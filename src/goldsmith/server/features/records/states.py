"""A record's state: how far people are with it. The project's counts move with it."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from goldsmith.server.features.projects import bump
from goldsmith.server.features.records.tables import records

STATES = ("new", "in_progress", "disputed", "resolved")

_READ = (
    select(records.c.id, records.c.state)
    .where(records.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(records.c.id)
    .with_for_update()
)
_WRITE = update(records).where(records.c.id == bindparam("record_id")).values(state=bindparam("to"))
_SENSITIVE = select(records.c.sensitive).where(records.c.id == bindparam("record_id"))


def set_states(tx: Connection, project_id: int, to: Mapping[int, str]) -> None:
    """Set records' states by id and move the project's counters by what really changed."""
    present = {row.id: row.state for row in tx.execute(_READ, {"ids": list(to)})}
    moved = [
        {"record_id": record_id, "to": state}
        for record_id, state in to.items()
        if record_id in present and present[record_id] != state
    ]
    if not moved:
        return
    tx.execute(_WRITE, moved)
    deltas: Counter[str] = Counter(str(row["to"]) for row in moved)
    deltas.subtract(present[int(row["record_id"])] for row in moved)
    bump(tx, project_id, deltas, shard=min(to))


def is_sensitive(tx: Connection, record_id: int) -> bool:
    """Whether an expert must look at the record whatever people say."""
    return bool(tx.execute(_SENSITIVE, {"record_id": record_id}).scalar())
