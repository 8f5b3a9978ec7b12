"""Counts that are kept, not counted: a row per project, name and shard, so that busy people do not queue on one row."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from goldsmith.server.features.projects.schemas import Counts
from goldsmith.server.features.projects.tables import project_counters

SHARDS = 16


def bump(tx: Connection, project_id: int, deltas: Mapping[str, int], *, shard: int = 0) -> None:
    """Add each delta to its counter; `shard` is any whole number that spreads concurrent writers (a person's id)."""
    rows = [
        {"project_id": project_id, "name": name, "shard": shard % SHARDS, "value": delta}
        for name, delta in sorted(deltas.items())
        if delta
    ]
    if rows:
        tx.execute(_STATEMENTS[tx.dialect.name], rows)


def counts_of(tx: Connection, project_ids: list[int]) -> dict[int, Counts]:
    """The counts of several projects at once."""
    rows = tx.execute(
        select(project_counters.c.project_id, project_counters.c.name, func.sum(project_counters.c.value))
        .where(project_counters.c.project_id.in_(project_ids))
        .group_by(project_counters.c.project_id, project_counters.c.name)
    )
    found: dict[int, dict[str, int]] = {project_id: {} for project_id in project_ids}
    for project_id, name, value in rows:
        found[project_id][name] = int(value)
    return {project_id: Counts.model_validate(values) for project_id, values in found.items()}


def counter_values(tx: Connection, project_id: int) -> dict[str, int]:
    """Every counter of one project by name, those beyond `Counts` included."""
    rows = tx.execute(
        select(project_counters.c.name, func.sum(project_counters.c.value))
        .where(project_counters.c.project_id == project_id)
        .group_by(project_counters.c.name)
    )
    return {name: int(value) for name, value in rows}


def _upsert(dialect_insert):  # type: ignore[no-untyped-def]
    statement = dialect_insert(project_counters)
    return statement.on_conflict_do_update(
        index_elements=["project_id", "name", "shard"],
        set_={"value": project_counters.c.value + statement.excluded.value},
    )


_STATEMENTS = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}
