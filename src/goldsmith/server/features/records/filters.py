"""Which records somebody wants to see, as conditions that the indexes can answer.

Every condition can do two things: give its records in id order (`walk`), and say of one record whether it fits
(`check`). A page walks the condition that fits fewest records and checks the others; see `walking`.
"""

from dataclasses import dataclass, field
from typing import Any

from goldsmith.server.features.records.domain import DELETED, RecordState
from goldsmith.server.features.records.words import Term, fts5_query, tsquery

NEVER_WALKED = 2**62
_DEAR_CHECK = 1_000
_CHEAP_CHECK = 10_000
"""Words are walked unless another condition fits fewer records than this."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`walk` selects `id`s beyond `:after` (`{beyond}` and `{order}` are filled in); `check` is true of `d.id`.

    One with the count `NEVER_WALKED` only checks: it stands beside others.

    A check is a scalar subquery, never EXISTS: PostgreSQL would answer EXISTS by reading a whole facet into a hash.
    With `by_block`, `walk` selects the ids of the block of ids that `:block` names, in no order.
    """

    walk: str
    check: str
    count: int
    parameters: dict[str, Any] = field(default_factory=dict)
    by_block: bool = False


def whole_project(count: int) -> Condition:
    """Every record of the project."""
    return Condition("SELECT id FROM records WHERE project_id = :project AND id {beyond}", "TRUE", count)


def not_deleted(count: int) -> Condition:
    """Every record of the project that was not deleted; asked for only where some were."""
    walk = f"SELECT id FROM records WHERE project_id = :project AND state <> '{DELETED}' AND id {{beyond}}"
    return Condition(walk, f"(SELECT state FROM records WHERE id = d.id) <> '{DELETED}'", count)


def only_check(check: str, parameters: dict[str, Any]) -> Condition:
    """Records of which this is true, among those that another condition gives."""
    return Condition("", check, NEVER_WALKED, parameters)


def in_states(states: list[RecordState], counts: dict[str, int], *, name: str = "state") -> Condition:
    """Records in one of these states; `name` begins those of its parameters."""
    names = {f"{name}_{number}": str(state) for number, state in enumerate(states)}
    walk = "SELECT id FROM records WHERE project_id = :project AND state = :{name} AND id {{beyond}}"
    walks = [walk.format(name=name) for name in names]
    listed = ", ".join(f":{name}" for name in names)
    check = f"(SELECT state FROM records WHERE id = d.id) IN ({listed})"
    return Condition(_union(walks), check, sum(counts.get(str(state), 0) for state in states), names)


def with_facet(number: int, facets: list[tuple[int, int]]) -> Condition:
    """Records under one of these facets, given as (id, record count)."""
    names = {f"facet_{number}_{at}": facet_id for at, (facet_id, _) in enumerate(facets)}
    walk = "SELECT record_id AS id FROM record_facets WHERE facet_id = :{name} AND record_id {{beyond}}"
    walks = [walk.format(name=name) for name in names]
    listed = ", ".join(f":{name}" for name in names)
    check = f"(SELECT 1 FROM record_facets WHERE facet_id IN ({listed}) AND record_id = d.id LIMIT 1) IS NOT NULL"
    return Condition(_union(walks), check, sum(count for _, count in facets), names)


def with_words(terms: list[Term], project_id: int, dialect: str) -> Condition:
    """Records whose text has every term. How many is not known beforehand, and on SQLite one check is dear."""
    if dialect == "sqlite":
        return Condition(
            "SELECT rowid AS id FROM record_search WHERE record_search MATCH :words AND rowid {beyond}",
            "EXISTS (SELECT 1 FROM record_search WHERE record_search MATCH :words AND rowid = d.id)",
            _DEAR_CHECK, {"words": fts5_query(terms, project_id)},
        )  # fmt: skip
    query, parameters = tsquery(terms)
    return Condition(
        f"SELECT record_id AS id FROM record_texts WHERE search @@ (CAST(:block AS tsquery) && {query})",
        f"(SELECT search @@ ({query}) FROM record_texts WHERE project_id = :project AND record_id = d.id) IS TRUE",
        _CHEAP_CHECK, parameters, by_block=True,
    )  # fmt: skip


def _union(walks: list[str]) -> str:
    """Several walks as one: each stops by itself, for PostgreSQL would read all of them to sort them."""
    if len(walks) <= 1:
        return walks[0] if walks else "SELECT 0 AS id WHERE FALSE AND 0 {beyond}"
    stopped = (f"SELECT id FROM ({walk} ORDER BY id {{order}} LIMIT :window) w{at}" for at, walk in enumerate(walks))
    return " UNION ALL ".join(stopped)
