"""Counts that are kept, not counted: a row per project, name and shard, so that busy people do not queue on one row."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, func, select

from goldsmith.server.features.projects.schemas import Counts
from goldsmith.server.features.projects.tables import project_counters
from goldsmith.server.foundation.prepared import Prepared
from goldsmith.server.foundation.upsert import Begin, on_each_engine

SHARDS = 16

_VALUES = Prepared(
    select(project_counters.c.name, func.sum(project_counters.c.value).label("total"))
    .where(project_counters.c.project_id == bindparam("project_id"))
    .group_by(project_counters.c.name)
)


def bump(tx: Connection, project_id: int, deltas: Mapping[str, int], *, shard: int = 0) -> None:
    """Add each delta to its counter; `shard` is any whole number that spreads concurrent writers (a person's id)."""
    rows = [
        {"project_id": project_id, "name": name, "shard": shard % SHARDS, "value": delta}
        for name, delta in sorted(deltas.items())
        if delta
    ]
    if rows:
        _ADD[tx.dialect.name].many(tx, rows)


def counts_of(tx: Connection, project_ids: list[int]) -> dict[int, Counts]:
    """The counts of several projects at once."""
    return {project_id: Counts.model_validate(counter_values(tx, project_id)) for project_id in project_ids}


def counter_values(tx: Connection, project_id: int) -> dict[str, int]:
    """Every counter of one project by name, those beyond `Counts` included."""
    return {row.name: int(row.total) for row in _VALUES.all(tx, project_id=project_id)}


def _add(begin: Begin) -> Prepared:
    made = begin(project_counters)
    sum_of_both = {"value": project_counters.c.value + made.excluded.value}
    return Prepared(made.on_conflict_do_update(index_elements=["project_id", "name", "shard"], set_=sum_of_both))


_ADD = on_each_engine(_add)
