"""The sweep: every hour, whatever its project keeps no longer is removed, and the project's audit trail says so."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import audit_of_server
from goldsmith.server.features.projects import Held, Keeping, Limits, keeping
from goldsmith.server.features.retention.kinds import KINDS, Kind, Tools


def sweep(tools: Tools, limits: Limits) -> Counter[str]:
    """Remove what is due in every project; how much, by kind. May run in several processes at once."""
    in_force = tools.database.read_now(keeping, limits)
    removed: Counter[str] = Counter()
    for name, kind in KINDS.items():
        due = due_now(kind, kind.find(tools.database, tools.blobs), in_force, tools)
        if not due:
            continue
        gone = kind.remove(tools, due)
        removed[name] = sum(one.count for one in gone)
        tools.database.write_now(_note, name, gone, tools.clock())
    return removed


def due_now(kind: Kind, held: list[Held], in_force: Keeping, tools: Tools) -> list[Held]:
    """Of what is held, that which its project keeps no longer."""
    now = tools.clock()
    return [one for one in held if one.is_due(in_force.days(kind.rule, one.project_id), now)]


def _note(tx: Connection, kind: str, gone: Sequence[Held], now: datetime) -> None:
    counts: Counter[int] = Counter()
    for one in gone:
        if one.project_id is not None:
            counts[one.project_id] += one.count
    for project_id, count in counts.items():
        audit_of_server(
            tx, project_id, action="retention.sweep", subject=f"project:{project_id}", at=now, removed={kind: count}
        )
