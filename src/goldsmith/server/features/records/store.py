"""Every query about records, their uploads, their facets and their texts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Row, delete, exists, insert, select, text, update

from goldsmith.server.features.records import bulk
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.drafts import Draft
from goldsmith.server.features.records.tables import (
    facet_keys,
    facets,
    record_bodies,
    record_facets,
    records,
    uploads,
)
from goldsmith.server.foundation.database import stored_instant
from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.upsert import insert_into, replacing

_ADDING = 7_261_874
_RECORD_COLUMNS = (
    "id", "project_id", "external_id", "content_hash", "state", "sensitive", "holdout", "origin", "created_at"
)  # fmt: skip
_BODY_COLUMNS = ("record_id", "fields", "metadata", "attributes")


class FacetKey(NamedTuple):
    n_values: int
    closed: bool


def insert_upload(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(uploads).values(**values).returning(uploads.c.id)).scalar_one()


def find_upload(tx: Connection, project_id: int, upload_id: int) -> Row[Any] | None:
    return tx.execute(select(uploads).where(uploads.c.id == upload_id, uploads.c.project_id == project_id)).first()


def kept_uploads(tx: Connection) -> Sequence[Any]:
    """Uploads whose files are kept still."""
    columns = (uploads.c.id, uploads.c.project_id, uploads.c.filename, uploads.c.created_at, uploads.c.blob_key)
    return tx.execute(select(*columns).where(uploads.c.blob_key != "").order_by(uploads.c.id)).all()


def forget_files(tx: Connection, upload_ids: Sequence[int]) -> None:
    """These uploads have no file any more."""
    for ids in portions(upload_ids):
        tx.execute(update(uploads).where(uploads.c.id.in_(ids)).values(blob_key=""))


def begin_adding(tx: Connection, project_id: int) -> None:
    """Let nobody else add to this project until the transaction ends (SQLite has one writer anyway)."""
    if tx.dialect.name == "postgresql":
        tx.execute(
            text("SELECT pg_advisory_xact_lock(:class, :project)"),
            {"class": _ADDING, "project": project_id % 2**31},
        )


def hashes_of(tx: Connection, project_id: int, external_ids: Sequence[str]) -> dict[str, str]:
    """The content hash of each of these records that exists."""
    return _known(tx, project_id, external_ids, records.c.content_hash)


def ids_of(tx: Connection, project_id: int, external_ids: Sequence[str]) -> dict[str, int]:
    """The id of each of these records that exists."""
    return _known(tx, project_id, external_ids, records.c.id)


def _known(tx: Connection, project_id: int, external_ids: Sequence[str], wanted: Column[Any]) -> dict[str, Any]:
    """A column of those of the records that exist, by external id; however many are asked for."""
    if tx.dialect.name == "postgresql":
        rows = tx.execute(_ONE_BY_ONE[wanted.name], {"ids": list(external_ids), "project": project_id})
        return {row.asked: row.known for row in rows}
    found: dict[str, Any] = {}
    for ids in portions(external_ids):
        asked = (records.c.project_id == project_id, records.c.external_id.in_(ids))
        found.update((row[0], row[1]) for row in tx.execute(select(records.c.external_id, wanted).where(*asked)))
    return found


def kept_among(tx: Connection, project_id: int, record_ids: Sequence[int]) -> list[int]:
    """Those of the records that are there to be seen, in their order."""
    there = select(records.c.id).where(records.c.project_id == project_id, records.c.state != DELETED)
    found = (there.where(records.c.id.in_(ids)).order_by(records.c.id) for ids in portions(record_ids))
    return [record_id for query in found for record_id in tx.execute(query).scalars()]


def insert_records(
    tx: Connection, project_id: int, drafts: Sequence[Draft], *, origin: str, now: datetime
) -> Sequence[int]:
    """Store new records with their bodies and searchable texts; returns their ids in the same order."""
    ids = bulk.allocate_ids(tx, len(drafts))
    at = stored_instant(tx, now)
    bulk.insert_rows(
        tx, "records", _RECORD_COLUMNS,
        [(id_, project_id, one.external_id, one.hash, "new", one.sensitive, one.holdout, origin, at)
         for id_, one in zip(ids, drafts, strict=True)],
    )  # fmt: skip
    bulk.insert_rows(
        tx, "record_bodies", _BODY_COLUMNS,
        [(id_, one.fields.decode(), one.metadata.decode(), one.attributes.decode())
         for id_, one in zip(ids, drafts, strict=True)],
    )  # fmt: skip
    _insert_texts(tx, project_id, ids, drafts)
    return ids


def _insert_texts(tx: Connection, project_id: int, ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    pairs = zip(ids, drafts, strict=True)
    if tx.dialect.name == "sqlite":
        rows = [(record_id, one.text, f"p{project_id}") for record_id, one in pairs]
        bulk.insert_rows(tx, "record_search", ("rowid", "body", "project"), rows)
    else:
        rows = [(record_id, project_id, one.text) for record_id, one in pairs]
        bulk.insert_rows(tx, "record_texts", ("record_id", "project_id", "body"), rows)


def facet_keys_of(tx: Connection, project_id: int) -> dict[str, FacetKey]:
    rows = tx.execute(
        select(facet_keys.c.key, facet_keys.c.n_values, facet_keys.c.closed).where(
            facet_keys.c.project_id == project_id
        )
    )
    return {row.key: FacetKey(row.n_values, row.closed) for row in rows}


def put_facet_key(tx: Connection, project_id: int, key: str, n_values: int, closed: bool) -> FacetKey:
    grown = {"n_values": n_values, "closed": closed}
    made = insert_into(tx, facet_keys).values(project_id=project_id, key=key, **grown)
    tx.execute(replacing(made, ["project_id", "key"], list(grown)))
    return FacetKey(n_values, closed)


def facets_of(tx: Connection, project_id: int, keys: Iterable[str]) -> dict[tuple[str, str], int]:
    """The facets of these keys by (key, value)."""
    rows = tx.execute(
        select(facets.c.id, facets.c.key, facets.c.value).where(
            facets.c.project_id == project_id, facets.c.key.in_(sorted(keys))
        )
    )
    return {(row.key, row.value): row.id for row in rows}


def open_facets(tx: Connection, project_id: int) -> Sequence[Any]:
    """Every facet of a key that is not closed, by key, the largest first."""
    return list(
        tx.execute(
            select(facets.c.id, facets.c.key, facets.c.value, facets.c.n_records)
            .join(facet_keys, (facet_keys.c.project_id == facets.c.project_id) & (facet_keys.c.key == facets.c.key))
            .where(facets.c.project_id == project_id, facet_keys.c.closed.is_(False))
            .order_by(facets.c.key, facets.c.n_records.desc(), facets.c.value)
        )
    )


def find_facet(tx: Connection, project_id: int, key: str, value: str) -> Any:
    return tx.execute(
        select(facets.c.id, facets.c.n_records).where(
            facets.c.project_id == project_id, facets.c.key == key, facets.c.value == value
        )
    ).first()


def insert_facets(tx: Connection, project_id: int, pairs: list[tuple[str, str]]) -> None:
    if pairs:
        tx.execute(insert(facets), [{"project_id": project_id, "key": key, "value": value} for key, value in pairs])


def count_in_facets(tx: Connection, added: list[tuple[int, int]]) -> None:
    """Add to facets' record counts; `added` holds (how many, facet id)."""
    mark = "?" if tx.dialect.name == "sqlite" else "%s"
    if added:
        tx.exec_driver_sql(f"UPDATE facets SET n_records = n_records + {mark} WHERE id = {mark}", added)


def delete_record_facets(tx: Connection, rows: Sequence[tuple[int, int]]) -> Counter[int]:
    """Take records, given as (facet id, record id), from under facets: how many really were there, by facet."""
    counts: Counter[int] = Counter()
    for facet_id, pairs in groupby(sorted(rows), key=lambda row: row[0]):
        for ids in portions([record_id for _, record_id in pairs]):
            listed = (record_facets.c.facet_id == facet_id, record_facets.c.record_id.in_(ids))
            counts[facet_id] += tx.execute(delete(record_facets).where(*listed)).rowcount
    return counts


def drop_empty_facets(tx: Connection, project_id: int) -> None:
    """Forget the metadata values that no record has."""
    empty = (facets.c.project_id == project_id, facets.c.n_records <= 0)
    gone = Counter(tx.execute(delete(facets).where(*empty).returning(facets.c.key)).scalars())
    for key, n in gone.items():
        of_key = (facet_keys.c.project_id == project_id, facet_keys.c.key == key)
        tx.execute(update(facet_keys).where(*of_key).values(n_values=facet_keys.c.n_values - n))


def insert_record_facets(tx: Connection, rows: list[tuple[int, int]]) -> None:
    """List records under facets; `rows` holds (facet id, record id)."""
    if rows:
        bulk.insert_rows(tx, "record_facets", ("facet_id", "record_id"), rows)


def is_under(record_id: ColumnElement[int], facet_ids: Sequence[int]) -> ColumnElement[bool]:
    """A condition on a query: the record that this column names is under one of the facets."""
    under = (record_facets.c.facet_id.in_(facet_ids), record_facets.c.record_id == record_id)
    return exists(select(record_facets.c.facet_id).where(*under))


def list_records(tx: Connection, record_ids: Sequence[int]) -> list[Row[Any]]:
    """Records with fields and metadata, in no order."""
    return [row for ids in portions(record_ids) for row in tx.execute(_BODIES.where(records.c.id.in_(ids)))]


def list_raw_records(
    tx: Connection, project_id: int, *, after: int, limit: int, states: Sequence[str] | None
) -> list[Row[Any]]:
    """Records in id order with their documents as JSON text, undecoded."""
    columns = ("fields", "metadata", "attributes") if tx.dialect.name == "sqlite" else (
        "fields::text AS fields", "metadata::text AS metadata", "attributes::text AS attributes"
    )  # fmt: skip
    query = (
        select(
            records.c.id, records.c.external_id, records.c.content_hash, records.c.state, records.c.sensitive,
            records.c.holdout, records.c.origin, *(text(column) for column in columns),
        )
        .join(record_bodies, record_bodies.c.record_id == records.c.id)
        .where(records.c.project_id == project_id, records.c.id > after, records.c.state != DELETED)
    )  # fmt: skip
    if states is not None:
        query = query.where(records.c.state.in_(states))
    return list(tx.execute(query.order_by(records.c.id).limit(limit)))


_ONE_BY_ONE = {
    column: text(
        "SELECT given.id AS asked, found.known FROM unnest(CAST(:ids AS text[])) AS given(id) CROSS JOIN LATERAL "
        f"(SELECT {column} AS known FROM records WHERE project_id = :project AND external_id = given.id LIMIT 1) found"
    )
    for column in ("content_hash", "id")
}
"""As one list, while an import grows the table faster than its statistics, PostgreSQL reads the whole project."""
_BODIES = select(
    records, record_bodies.c.fields, record_bodies.c.metadata.label("metadata")
).join(record_bodies, record_bodies.c.record_id == records.c.id)  # fmt: skip
