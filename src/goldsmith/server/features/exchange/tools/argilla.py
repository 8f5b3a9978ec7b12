"""Argilla: which files are its data sets, and where their settings lie."""

from typing import Any

import msgspec

from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools.argilla_before_2 import ArgillaBefore2Reading, is_before_2
from goldsmith.server.features.exchange.tools.argilla_reading import ArgillaReading
from goldsmith.server.features.exchange.tools.argilla_writing import ArgillaWriting
from goldsmith.server.features.exchange.tools.tool import Look, Tool
from goldsmith.server.foundation.errors import Invalid


def _is_record(row: dict[str, Any]) -> bool:
    is_nested = isinstance(row.get("fields"), dict) and bool(row.keys() & {"responses", "suggestions"})
    return is_nested or any(key.endswith((".responses", ".suggestion")) for key in row)


def _recognise(look: Look) -> float:
    return 1.0 if look.with_rows(_is_record) or look.with_rows(is_before_2) else 0.0


def _open(look: Look) -> tuple[ArgillaReading, list[Piece]]:
    pieces = look.with_rows(_is_record)
    if not pieces and (older := look.with_rows(is_before_2)):
        return ArgillaBefore2Reading(), older
    if not pieces:
        raise Invalid("No file here holds records of Argilla. Write the data set with `to_disk`, and send its folder.")
    return ArgillaReading(next(filter(None, map(_settings, _candidates(look))), None)), pieces


def _candidates(look: Look) -> list[str]:
    return [look.text(piece) for piece in look.ending("settings.json")]


def _settings(text: str) -> dict[str, Any] | None:
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("questions"), list) else None


ARGILLA = Tool("argilla", "Argilla", False, _recognise, _open, ArgillaWriting)
