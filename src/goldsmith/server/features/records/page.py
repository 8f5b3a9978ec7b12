"""A page of records under any filter, at any depth, in bounded time."""

from array import array
from typing import Annotated

import msgspec
from sqlalchemy import ColumnElement, Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects import counter_values
from goldsmith.server.features.records import filters, store
from goldsmith.server.features.records.bodies import Record
from goldsmith.server.features.records.domain import DELETED, RecordState
from goldsmith.server.features.records.filters import Condition
from goldsmith.server.features.records.inquiries import WithOpenComments
from goldsmith.server.features.records.schemas import Facet, FacetValue, RecordPage
from goldsmith.server.features.records.walking import BEGINNING, Sort, walk
from goldsmith.server.features.records.words import terms_of
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.inquiries import inquiries
from goldsmith.server.foundation.paging import decode_cursor, encode_cursor
from goldsmith.server.foundation.wire import LARGEST_ID
from goldsmith.server.pipelines.bulk import Ids, refuse_too_many

RecordId = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_ID)]


def list_records(
    tx: Connection,
    who: Who,
    *,
    q: str | None,
    states: list[RecordState],
    facets: list[str],
    open_comments: bool,
    sort: Sort,
    cursor: str | None,
    limit: int,
) -> RecordPage:
    """The records that fit every filter, by id either way."""
    counts = counter_values(tx, who.project)
    conditions = conditions_of(
        tx, who.project, counts, q=q, states=states, facets=facets, open_comments=open_comments
    )  # fmt: skip
    (after,) = decode_cursor(cursor, tuple[RecordId]) or (BEGINNING[sort],)
    ids, following = walk(tx, who.project, seen_among(conditions, counts), after=after, sort=sort, limit=limit)
    rows = {row.id: row for row in store.list_records(tx, ids)}
    return RecordPage(
        items=[Record.model_validate(dict(rows[one]._mapping)) for one in ids],
        next_cursor=None if following is None else encode_cursor(following),
        total=_total(conditions, is_uncounted=bool(q) or open_comments),
    )


def has_facets(
    tx: Connection, project_id: int, record_id: ColumnElement[int], facets: list[str]
) -> list[ColumnElement[bool]]:
    """Conditions on a query that counts or lists all: the record that this column names has the facets. Values of one
    key are alternatives, keys must all fit."""
    wanted = _facets_by_key(tx, project_id, facets).values()
    return [store.is_under(record_id, [facet_id for facet_id, _ in one]) for one in wanted]


def all_matching(
    tx: Connection,
    project_id: int,
    *,
    q: str | None,
    states: list[RecordState],
    facets: list[str],
    open_comments: bool = False,
) -> Ids:
    """The ids of every record that fits every filter, the first first; too many for one deed are refused."""
    counts = counter_values(tx, project_id)
    wanted = conditions_of(tx, project_id, counts, q=q, states=states, facets=facets, open_comments=open_comments)
    conditions = seen_among(wanted, counts)
    found = array("q")
    beyond: int | None = BEGINNING["id"]
    while beyond is not None:
        ids, beyond = walk(tx, project_id, conditions, after=beyond, sort="id", limit=2_000)
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


def seen_among(conditions: list[Condition], counts: dict[str, int]) -> list[Condition]:
    """The conditions, and that a record was not deleted, where records of the project were."""
    return [*conditions, filters.not_deleted(counts.get("records", 0))] if counts.get(DELETED) else conditions


def conditions_of(
    tx: Connection, project_id: int, counts: dict[str, int], *, q: str | None, states: list[RecordState],
    facets: list[str], open_comments: bool,
) -> list[Condition]:  # fmt: skip
    found = []
    if states:
        found.append(filters.in_states(list(dict.fromkeys(states)), counts))
    for number, wanted in enumerate(_facets_by_key(tx, project_id, facets).values()):
        found.append(filters.with_facet(number, wanted))
    if open_comments:
        found += inquiries.ask(tx, WithOpenComments(project_id))
    if q:
        terms = terms_of(q)
        nothing = filters.with_facet(len(found), [])
        found.append(filters.with_words(terms, project_id, tx.dialect.name) if terms else nothing)
    return found or [filters.whole_project(counts.get("records", 0))]


def _facets_by_key(tx: Connection, project_id: int, asked: list[str]) -> dict[str, list[tuple[int, int]]]:
    """The facets asked for, by key: values of one key are alternatives."""
    if not asked:
        return {}
    keys = {key for key, known in store.facet_keys_of(tx, project_id).items() if not known.closed}
    found: dict[str, list[tuple[int, int]]] = {}
    for one in dict.fromkeys(asked):
        key, value = _key_and_value(one, keys)
        facet = store.find_facet(tx, project_id, key, value)
        found.setdefault(key, []).extend([(facet.id, facet.n_records)] if facet else [])
    return found


def _key_and_value(asked: str, keys: set[str]) -> tuple[str, str]:
    parts = asked.split(":")
    for at in range(1, len(parts)):
        key = ":".join(parts[:at])
        if key in keys:
            return key, ":".join(parts[at:])
    known = ", ".join(sorted(keys)) or "none yet"
    raise Invalid(
        f"'{asked[:100]}' is no facet. Expected key:value with a key among: {known}. "
        "A metadata key with more than 200 distinct values is no facet; search for its value instead."
    )


def _total(conditions: list[Condition], *, is_uncounted: bool) -> int | None:
    if is_uncounted or len(conditions) > 1:
        return None
    return conditions[0].count
