"""Read what a record says: many at once for the slices above, one whole for a screen."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection, bindparam, select

from goldsmith.server.features.records import store
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.said import said_in
from goldsmith.server.features.records.tables import record_bodies, records
from goldsmith.server.foundation.errors import Gone, NotFound
from goldsmith.server.foundation.prepared import Prepared

EXCERPT_CHARACTERS = 140


class Record(BaseModel):
    """One thing to judge."""

    id: int
    external_id: str
    fields: dict[str, Any]
    metadata: dict[str, Any]
    attributes: dict[str, Any] | None = Field(default=None, description="Sensitive; only managers see them.")
    state: str = Field(description="new, in_progress, disputed or resolved")
    sensitive: bool
    holdout: bool
    origin: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Body:
    """A record's content and its external id."""

    external_id: str
    fields: dict[str, Any]
    metadata: dict[str, Any]


_WHOLE = select(records, record_bodies.c.fields, record_bodies.c.metadata, record_bodies.c.attributes).join(
    record_bodies, record_bodies.c.record_id == records.c.id
)
_BODY = Prepared(
    select(records.c.id, records.c.external_id, record_bodies.c.fields, record_bodies.c.metadata)
    .join(record_bodies, record_bodies.c.record_id == records.c.id)
    .where(records.c.id == bindparam("record_id"))
)


def read_bodies(tx: Connection, record_ids: list[int]) -> dict[int, Body]:
    """Contents by record id."""
    found = (_BODY.first(tx, record_id=record_id) for record_id in record_ids)
    rows = [row for row in found if row is not None]
    return {row.id: Body(row.external_id, row.fields, row.metadata) for row in rows}


def record_of(tx: Connection, project_id: int, record_id: int, *, with_attributes: bool = False) -> Record:
    """One record of the project, whole; its sensitive attributes only when asked for."""
    row = tx.execute(_WHOLE.where(records.c.id == record_id, records.c.project_id == project_id)).first()
    if row is None:
        raise NotFound("There is no such record in this project.")
    if row.state == DELETED:
        raise Gone("This record was deleted. Whoever manages the project may restore it until its texts are erased.")
    found = dict(row._mapping)
    return Record.model_validate(found | {"attributes": found["attributes"] if with_attributes else None})


def find_record_ids(tx: Connection, project_id: int, external_ids: list[str]) -> dict[str, int]:
    """Record ids by external id; unknown ones are left out."""
    found = store.ids_of(tx, project_id, sorted(set(external_ids)))
    kept = set(store.kept_among(tx, project_id, list(found.values())))
    return {name: record_id for name, record_id in found.items() if record_id in kept}


def excerpt_of(fields: dict[str, Any]) -> str:
    """The beginning of what the record says, on one line: its message first, then what that is about."""
    line = " ".join(" ".join(chain(*said_in(fields))).split())
    return line if len(line) <= EXCERPT_CHARACTERS else line[: EXCERPT_CHARACTERS - 1] + "…"
