"""CSV: a header, then one line per row, quoted as RFC 4180 says. Lists and objects are JSON inside their cell.

A preference takes two columns, `<name>` (the choice) and `<name>_strength`. With `formula_safe`, a text that a
spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets an apostrophe before it; to undo
this, drop a leading apostrophe that one of these follows.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from goldsmith.server.features.releases.columns import Column, Layout
from goldsmith.server.features.releases.formats.lines import Record, records_in

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = Callable[[Record], Any]
_encode = msgspec.json.Encoder(order="deterministic").encode


def csv_text(blocks: Iterable[bytes], layout: Layout, *, formula_safe: bool = False) -> Iterator[bytes]:
    """The table in blocks of UTF-8."""
    cells = [cell for column in layout.columns for cell in _cells(column, formula_safe)]
    yield _written([[name for name, _ in cells]])
    takes = [take for _, take in cells]
    for block in blocks:
        yield _written([[take(row) for take in takes] for row in records_in(block)])


def _written(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _cells(column: Column, formula_safe: bool) -> list[tuple[str, Cell]]:
    """A column's cells in a row (a preference has two): their header and how to take them."""
    name = column.name
    if column.kind == "preference":
        return [
            (name, lambda row: row[name] and row[name]["choice"]),
            (f"{name}_strength", lambda row: row[name] and row[name]["strength"]),
        ]
    return [(name, _taker(column, formula_safe))]


def _taker(column: Column, formula_safe: bool) -> Cell:
    name = column.name
    if column.kind in ("chat", "context", "multi_label", "metadata"):
        return lambda row: None if row[name] is None else _encode(row[name]).decode()
    if column.kind == "flag":
        return lambda row: "true" if row[name] else "false"
    if formula_safe and column.kind in ("id", "text", "label"):
        return lambda row: _marked(row[name])
    return lambda row: row[name]


def _marked(text: str | None) -> str | None:
    return f"'{text}" if text and text.startswith(FORMULA_STARTS) else text
