"""A page of records under any filter, at any depth, in bounded time."""

from array import array
from typing import Annotated

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects import counter_values
from goldsmith.server.features.records import store
from goldsmith.server.features.records.bodies import Record
from goldsmith.server.features.records.domain import RecordState
from goldsmith.server.features.records.filters import Condition
from goldsmith.server.features.records.schemas import Facet, FacetValue, RecordPage
from goldsmith.server.features.records.walking import BEGINNING, Sort, walk
from goldsmith.server.features.records.wanted import Wanted, conditions_of, seen_among
from goldsmith.server.foundation.paging import decode_cursor, encode_cursor
from goldsmith.server.foundation.wire import LARGEST_ID
from goldsmith.server.pipelines.bulk import Ids, refuse_too_many

RecordId = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_ID)]


def list_records(
    tx: Connection, who: Who, wanted: Wanted, *, sort: Sort, cursor: str | None, limit: int
) -> RecordPage:  # fmt: skip
    """The records that fit every part of what is wanted, by id either way."""
    counts = counter_values(tx, who.project)
    conditions = conditions_of(tx, who, wanted, counts)
    (after,) = decode_cursor(cursor, tuple[RecordId]) or (BEGINNING[sort],)
    ids, following = walk(tx, who.project, seen_among(conditions, counts), after=after, sort=sort, limit=limit)
    rows = {row.id: row for row in store.list_records(tx, ids)}
    return RecordPage(
        items=[Record.model_validate(dict(rows[one]._mapping)) for one in ids],
        next_cursor=None if following is None else encode_cursor(following),
        total=_total(conditions, is_counted=wanted.is_counted),
    )


def all_matching(tx: Connection, who: Who, wanted: Wanted) -> Ids:
    """The ids of every record that fits, the first first; too many for one deed are refused."""
    counts = counter_values(tx, who.project)
    conditions = seen_among(conditions_of(tx, who, wanted, counts), counts)
    found = array("q")
    beyond: int | None = BEGINNING["id"]
    while beyond is not None:
        ids, beyond = walk(tx, who.project, conditions, after=beyond, sort="id", limit=2_000)
        found.extend(ids)
        refuse_too_many(len(found))
    return found


def read_facets(tx: Connection, who: Who) -> list[Facet]:
    """What the project's records can be filtered by, with counts that are kept as they change."""
    counts = counter_values(tx, who.project)
    values: dict[str, list[FacetValue]] = {}
    for row in store.open_facets(tx, who.project):
        values.setdefault(row.key, []).append(FacetValue(value=row.value, count=row.n_records))
    states = [FacetValue(value=str(state), count=counts.get(str(state), 0)) for state in RecordState]
    metadata = [Facet(kind="metadata", key=key, values=found) for key, found in values.items()]
    return [Facet(kind="state", key="state", values=states), *metadata]


def _total(conditions: list[Condition], *, is_counted: bool) -> int | None:
    return conditions[0].count if is_counted and len(conditions) == 1 else None
