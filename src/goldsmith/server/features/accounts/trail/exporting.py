"""Taking the audit trail away: JSON lines that anybody can verify, or CSV for a spreadsheet.

The first line of the JSON lines tells what was asked for and where the chain ended; each of the others is

    {"entry": {...}, "hash": "...", "previous": "...", "person": "Ada"}

where `hash` is that of `entry` after `previous` (`chain.py`); `person` is today's name of who did it, and not hashed.
"""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who
from goldsmith.server.features.accounts.door import Door
from goldsmith.server.features.accounts.trail import store
from goldsmith.server.features.accounts.trail.chain import entry_of, genesis, link, moment
from goldsmith.server.features.accounts.trail.filter import AuditFilter
from goldsmith.server.features.accounts.trail.sealing import seal
from goldsmith.server.features.accounts.trail.verifying import Broken

Format = Literal["jsonl", "csv"]
MEDIA_TYPES = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}
BATCH = 2000
_COLUMNS = (
    "position", "at", "person", "action", "subject", "details", "project_id", "person_id", "key_id", "id", "previous",
    "hash",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Opening:
    """What an export holds: everything wanted up to the chain's present end."""

    workspace_id: int
    workspace: str
    exported_at: str
    position: int
    hash: str


def open_export(tx: Connection, who: Who, wanted: AuditFilter) -> Opening:
    """Enter the export itself into the trail, and seal all that waits."""
    audit(tx, who, action="audit.export", subject=f"person:{who.person_id}", filter=wanted.told)
    while seal(tx, who.workspace_id, who.now):
        pass
    head = store.find_head(tx, who.workspace_id)
    assert head is not None
    name = next(row.name for row in store.list_workspaces(tx) if row.id == who.workspace_id)
    return Opening(who.workspace_id, name, moment(who.now), head.position, head.hash)


async def written(door: Door, opening: Opening, wanted: AuditFilter, kind: Format) -> AsyncIterator[bytes]:
    """The file, in blocks; each is read in a transaction of its own."""
    write = _json_lines if kind == "jsonl" else _csv_lines
    yield _first_line(opening, wanted) if kind == "jsonl" else _csv(_COLUMNS)
    after = 0
    while rows := await door.read(_batch, opening, wanted, after):
        yield write(rows)
        after = rows[-1].position


def verify_export(lines: Iterable[str]) -> Broken | None:
    """Whether an export in JSON lines is as it was written; one without a filter must be whole, too."""
    given = iter(lines)
    first = json.loads(next(given))
    head, is_whole, last = first["head"], not first["filter"], (0, first["genesis"])
    for line in given:
        told = json.loads(line)
        position = told["entry"]["position"]
        if is_whole and position != last[0] + 1:
            return Broken(last[0] + 1, "removed", f"the entry at {last[0] + 1} is not in the file")
        follows = position != last[0] + 1 or told["previous"] == last[1]
        if not follows or link(told["previous"], told["entry"]) != told["hash"]:
            return Broken(position, "changed", f"entry {told['entry']['id']} is not as it was sealed")
        last = position, told["hash"]
    if is_whole and last != (head["position"], head["hash"]):
        return Broken(last[0] + 1, "cut off", f"the file ends at {last[0]} and the chain at {head['position']}")
    return None


def _batch(tx: Connection, who: Who, opening: Opening, wanted: AuditFilter, after: int) -> list[Row]:
    return store.chained_with_previous(
        tx, opening.workspace_id, wanted=wanted, after=after, until=opening.position, limit=BATCH
    )


def _first_line(opening: Opening, wanted: AuditFilter) -> bytes:
    told = {
        "goldsmith_audit": 1,
        "workspace": {"id": opening.workspace_id, "name": opening.workspace},
        "exported_at": opening.exported_at,
        "filter": wanted.told,
        "genesis": genesis(opening.workspace_id),
        "head": {"position": opening.position, "hash": opening.hash},
    }
    return _json(told)


def _json_lines(rows: list[Row]) -> bytes:
    return b"".join(_json(_line(row)) for row in rows)


def _line(row: Row) -> dict[str, Any]:
    previous = row.previous or genesis(row.workspace_id)
    return {
        "entry": entry_of(row, row.position), "hash": row.hash, "previous": previous, "person": row.person_name,
    }  # fmt: skip


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _csv_lines(rows: list[Row]) -> bytes:
    return b"".join(_csv(_cells(_line(row))) for row in rows)


def _cells(line: dict[str, Any]) -> list[str]:
    flat = line["entry"] | {name: line[name] for name in ("hash", "previous", "person")}
    flat["details"] = json.dumps(flat["details"], ensure_ascii=False, sort_keys=True)
    return [_safe("" if flat[name] is None else str(flat[name])) for name in _COLUMNS]


def _safe(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
