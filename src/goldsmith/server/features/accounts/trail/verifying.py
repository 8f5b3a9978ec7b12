"""Whether the chain of a workspace is whole, and the first entry that is not as it was sealed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Row

from goldsmith.server.features.accounts.trail import store
from goldsmith.server.features.accounts.trail.chain import entry_of, genesis, link
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Invalid

BATCH = 2000
Kind = Literal["changed", "removed", "moved", "cut off", "made anew"]
_ANCHOR = re.compile(r"(\d+):(\d+):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the chain of a workspace once was, as a server's log or an export told it."""

    workspace_id: int
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain is not what it was."""

    position: int
    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one workspace; `anchor` is what to keep elsewhere and compare next time."""

    workspace_id: int
    workspace: str
    entries: int
    unsealed: int
    anchor: str
    broken: Broken | None


def read_anchor(text: str) -> Anchor:
    """An anchor as it is logged and printed."""
    found = _ANCHOR.fullmatch(text.strip())
    if found is None:
        raise Invalid(f"'{text}' is no anchor. Expected WORKSPACE:POSITION:HASH, as `audit_sealed` in the log has it.")
    return Anchor(int(found[1]), int(found[2]), found[3])


def verify_everything(database: Database, anchors: Iterable[Anchor] = ()) -> list[Verdict]:
    """A verdict on each workspace."""
    known = list(anchors)
    return [
        _verify(database, row, [anchor for anchor in known if anchor.workspace_id == row.id])
        for row in database.read_now(store.list_workspaces)
    ]


def _verify(database: Database, workspace: Row, anchors: list[Anchor]) -> Verdict:
    head = database.read_now(store.find_head, workspace.id)
    position, previous, broken = 0, genesis(workspace.id), None
    for row in _chain(database, workspace.id):
        if row.position != position + 1 or link(previous, entry_of(row, row.position)) != row.hash:
            broken = _diagnosis(database, workspace.id, position + 1, previous, row)
            break
        position, previous = row.position, row.hash
    broken = broken or _against_head(head, position, previous) or _against_anchors(database, anchors, position)
    return Verdict(
        workspace.id, workspace.name, position, database.read_now(store.count_unsealed, workspace.id),
        f"{workspace.id}:{position}:{previous}", broken,
    )  # fmt: skip


def _chain(database: Database, workspace_id: int) -> Iterator[Row]:
    after = 0
    while rows := database.read_now(store.chained, workspace_id, after, BATCH):
        yield from rows
        after = rows[-1].position


def _diagnosis(database: Database, workspace_id: int, expected: int, previous: str, found: Row) -> Broken:
    """What happened at the first place that is wrong: the entry that belongs there may stand elsewhere."""
    for row in _chain(database, workspace_id):
        if row.id != found.id and link(previous, entry_of(row, expected)) == row.hash:
            return Broken(expected, "moved", f"entry {row.id} belongs at {expected} and stands at {row.position}")
    if found.position != expected:
        return Broken(
            expected, "removed", f"no entry is at {expected}; the next one is entry {found.id} at {found.position}"
        )
    about = f"entry {found.id} ({found.action} of {found.subject}, {found.at:%Y-%m-%d %H:%M:%S} UTC)"
    return Broken(expected, "changed", f"{about} is not as it was sealed, or one before it was removed")


def _against_head(head: Row | None, position: int, previous: str) -> Broken | None:
    """The end as it was noted when the last batch was sealed; more may have been sealed meanwhile."""
    if head is None:
        return Broken(1, "cut off", "the note of the chain's end is gone") if position else None
    if position < head.position:
        return Broken(position + 1, "cut off", f"{head.position - position} entries are gone from the end")
    if position == head.position and previous != head.hash:
        return Broken(position, "made anew", "the chain's end is not what was noted when it was sealed")
    return None


def _against_anchors(database: Database, anchors: list[Anchor], length: int) -> Broken | None:
    for anchor in sorted(anchors, key=lambda one: one.position):
        row = database.read_now(store.entry_at, anchor.workspace_id, anchor.position)
        if row is None:
            return Broken(
                length + 1, "cut off", f"an anchor of {anchor.position} entries was given; {length} are there"
            )
        if row.hash != anchor.hash:
            return Broken(
                anchor.position, "made anew", f"up to entry {row.id} the chain is not the one that was anchored"
            )
    return None
