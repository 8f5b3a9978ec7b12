"""Each kind of thing that is kept for a while: how it is found and how it is removed.

`find` lists what stands there now, with since when; whether it is due follows from the rule of its project. `remove`
may run twice, in several processes, and in any order with the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from goldsmith.server.features import accounts, annotation, assignment, exchange, records, releases, review
from goldsmith.server.features.projects import Held, Rule, archived_projects
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database
from goldsmith.server.pipelines import TITLE, bulk, ended_jobs, kept_rejects, remove_rejects

_KEPT_BY_LIST = (assignment.STEERING, review.ACCEPTING, review.RELABELLING)
Find = Callable[[Database, Blobs], list[Held]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What removing needs."""

    database: Database
    blobs: Blobs
    clock: Clock


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `rule` says how long, `find` what there is, `remove` lets it go."""

    rule: Rule
    find: Find
    remove: Callable[[Tools, Sequence[Held]], Sequence[Held]]


def _rejects(database: Database, blobs: Blobs) -> list[Held]:
    ended = database.read_now(ended_jobs, kept_rejects(blobs))
    return [Held(one.project_id, one.id, one.payload.get(TITLE, one.kind), one.finished_at or one.created_at)
            for one in ended]  # fmt: skip


def _remove_rejects(tools: Tools, held: Sequence[Held]) -> Sequence[Held]:
    for one in held:
        remove_rejects(tools.blobs, one.id)
    return held


def _people(database: Database, _blobs: Blobs) -> list[Held]:
    return database.read_now(_people_left)


def _people_left(tx: Connection) -> list[Held]:
    finished = {row.id: row for row in archived_projects(tx)}
    members, brought = accounts.count_members(tx, finished), exchange.count_brought(tx, finished)
    counts = {key: members.get(key, 0) + brought.get(key, 0) for key in finished}
    return [Held(key, key, row.name, row.archived_at, counts[key]) for key, row in finished.items() if counts[key]]


def _forget_people(tools: Tools, held: Sequence[Held]) -> Sequence[Held]:
    for one in held:
        tools.database.write_now(_leave, one.id)
    return held


def _leave(tx: Connection, project_id: int) -> None:
    accounts.forget_members(tx, project_id)
    annotation.forget_drafts(tx, project_id)
    assignment.forget_skills(tx, project_id)
    exchange.forget_brought(tx, project_id)


def _bulk_actions(database: Database, _blobs: Blobs) -> list[Held]:
    """Deletions keep their own promise: their texts are erased, and with that they come back no more."""
    units = {deed.forth: deed.unit for deed in _KEPT_BY_LIST}
    found = database.read_now(bulk.reversible, _KEPT_BY_LIST)
    return [Held(one.project_id, one.id, f"{one.n_items:,} {units[one.deed]}", one.asked_at, until=one.undo_until)
            for one in found]  # fmt: skip


def _let_stand(tools: Tools, held: Sequence[Held]) -> Sequence[Held]:
    return [one for one in held if tools.database.write_now(bulk.let_stand, one.id, tools.clock())]


KINDS: dict[str, Kind] = {
    "uploads": Kind(
        "uploads_days", lambda database, _: database.read_now(records.held_uploads),
        lambda tools, held: records.remove_uploads(tools.database, tools.blobs, held),
    ),
    "parcels": Kind(
        "uploads_days", lambda database, _: database.read_now(exchange.held_parcels),
        lambda tools, held: exchange.remove_parcels(tools.database, tools.blobs, held),
    ),
    "rejects": Kind("rejects_days", _rejects, _remove_rejects),
    "records": Kind(
        "deleted_days", lambda database, _: database.read_now(records.held_deletions),
        lambda tools, held: records.Eraser(tools.database, tools.blobs, tools.clock).erase_all(held),
    ),
    "releases": Kind(
        "deleted_days", lambda database, _: database.read_now(releases.held_withdrawn),
        lambda tools, held: releases.remove_withdrawn(tools.database, tools.blobs, held, tools.clock()),
    ),
    "bulk_actions": Kind("deleted_days", _bulk_actions, _let_stand),
    "people": Kind("people_days", _people, _forget_people),
}  # fmt: skip
