"""Add records to a project: those that are new, and only those. The one door that every record comes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import FieldSpec, bump, judging
from goldsmith.server.features.records import store
from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.drafts import Draft, draft
from goldsmith.server.features.records.events import RecordsAdded
from goldsmith.server.features.records.facets import add_to_facets
from goldsmith.server.features.records.schemas import Added, NewRecord, NewRecords, Rejection
from goldsmith.server.foundation.events import events

_TAKEN = "external id '{}' exists already with other content; records never change. Use another id for the new content"

_DELETED = "external id '{}' is that of a record that was deleted. Restore that record, or erase it to free its id"


@dataclass(slots=True)
class Sorted:
    """Drafts, sorted by what a project already has: new ones, known ones (counted), and conflicting ones."""

    new: list[Draft] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[tuple[int, str]] = field(default_factory=list)


def add_records(tx: Connection, who: Who, given: NewRecords) -> Added:
    """Add up to a thousand records; a bad one is told and does not hold up the others."""
    rules = judging(tx, who.project)
    drafts: list[Draft] = []
    places: list[int] = []
    rejected: list[Rejection] = []
    for index, one in enumerate(given.records):
        try:
            drafts.append(_draft(rules.fields, one))
            places.append(index)
        except ValueError as error:
            rejected.append(Rejection(index=index, reason=str(error)))
    found = add_drafts(tx, who.project, drafts, origin="api", now=who.now)
    rejected += [Rejection(index=places[at], reason=reason) for at, reason in found.conflicts]
    if found.new:
        audit(tx, who, action="record.add", subject=f"project:{who.project}", created=len(found.new))
    rejected.sort(key=lambda one: one.index)
    return Added(created=len(found.new), unchanged=found.unchanged, rejected=rejected)


def add_drafts(tx: Connection, project_id: int, drafts: Sequence[Draft], *, origin: str, now: datetime) -> Sorted:
    """Store the drafts that are new and let everybody know."""
    store.begin_adding(tx, project_id)
    found = sort_drafts(tx, project_id, drafts)
    if not found.new:
        return found
    ids = store.insert_records(tx, project_id, found.new, origin=origin, now=now)
    add_to_facets(tx, project_id, {id_: one.pairs for id_, one in zip(ids, found.new, strict=True)})
    n_holdout = sum(one.holdout for one in found.new)
    bump(tx, project_id, {"records": len(ids), "new": len(ids), "holdout": n_holdout})
    events.publish(tx, RecordsAdded(project_id, ids))
    return found


def sort_drafts(
    tx: Connection, project_id: int, drafts: Sequence[Draft], *, seen: Mapping[str, str] | None = None
) -> Sorted:
    """Tell new drafts from known and conflicting ones, also among each other and beside those `seen` already."""
    known = dict(seen or {}) | store.hashes_of(tx, project_id, [one.external_id for one in drafts])
    found = Sorted()
    for at, one in enumerate(drafts):
        present = known.get(one.external_id)
        if present is None:
            known[one.external_id] = one.hash
            found.new.append(one)
        elif present == DELETED:
            found.conflicts.append((at, _DELETED.format(one.external_id)))
        elif present == one.hash:
            found.unchanged += 1
        else:
            found.conflicts.append((at, _TAKEN.format(one.external_id)))
    return found


def _draft(specs: Sequence[FieldSpec], one: NewRecord) -> Draft:
    return draft(
        specs, external_id=one.external_id, fields=one.fields, metadata=one.metadata, attributes=one.attributes,
        sensitive=one.sensitive, holdout=one.holdout,
    )  # fmt: skip
