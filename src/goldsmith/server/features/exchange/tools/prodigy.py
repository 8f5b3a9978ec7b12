"""Prodigy: which files are its exports, and which options are the texts to compare."""

from typing import Any

from goldsmith.server.features.exchange.neutral import Declared
from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools.prodigy_reading import ProdigyReading, asked_by
from goldsmith.server.features.exchange.tools.prodigy_writing import ProdigyWriting
from goldsmith.server.features.exchange.tools.tool import Look, Tool
from goldsmith.server.foundation.errors import Invalid

_MARKS = {"_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id"}


class _Reading(ProdigyReading):
    def __init__(self, candidates: dict[str, str], rows: list[dict[str, Any]]) -> None:
        super().__init__(candidates)
        self._rows = rows

    def declared(self) -> Declared:
        """What the options of the first rows say."""
        return Declared([] if self._candidates else asked_by(self._rows))


def _is_task(row: dict[str, Any]) -> bool:
    return bool(row.keys() & _MARKS) or (row.get("answer") in ("accept", "reject", "ignore") and "text" in row)


def _recognise(look: Look) -> float:
    return 1.0 if look.with_rows(_is_task) else 0.0


def _open(look: Look) -> tuple[ProdigyReading, list[Piece]]:
    pieces = look.with_rows(_is_task)
    if not pieces:
        raise Invalid("No file here is an export of Prodigy. Write one with `prodigy db-out`.")
    rows = [row for piece in pieces for row in look.rows(piece)]
    return _Reading(_candidates(rows), rows), pieces


def _candidates(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The two options whose texts differ from record to record: they are what is compared."""
    texts: dict[str, set[str]] = {}
    for row in rows:
        for one in row.get("options") or []:
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                texts.setdefault(one["id"], set()).add(str(one.get("text")))
    differing = [name for name, found in texts.items() if len(found) > 1]
    named = [name for name in texts if name.lower() in ("a", "b")]
    chosen = differing if len(differing) == 2 else named if len(named) == 2 else []
    return {name: name for name in chosen}


PRODIGY = Tool("prodigy", "Prodigy", True, _recognise, _open, ProdigyWriting)
