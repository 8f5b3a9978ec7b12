"""CSV: a header, then one line per row, quoted as RFC 4180 says. Lists and objects are JSON inside their cell.

A preference takes two columns, `<name>` (the choice) and `<name>_strength`. With `formula_safe`, a text that a
spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets an apostrophe before it; to undo
this, drop a leading apostrophe that one of these follows.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from goldsmith.server.features.releases.columns import AS_JSON, Column, Layout
from goldsmith.server.foundation.spreadsheet import marked

Values = Sequence[Any]
Cells = Callable[[Values], Values]
_encode = msgspec.json.Encoder().encode
_astuple = msgspec.structs.astuple


def csv_text(blocks: Iterable[bytes], layout: Layout, *, formula_safe: bool = False) -> Iterator[bytes]:
    """The table in blocks of UTF-8."""
    written = [_cells(column, formula_safe) for column in layout.columns]
    yield _text([[name for column in written for name, _ in column]])
    for block in blocks:
        columns = zip(*map(_astuple, layout.decode_lines(block)), strict=True)
        cells = [make(values) for values, column in zip(columns, written, strict=True) for _, make in column]
        yield _text(zip(*cells, strict=True))


def _text(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _cells(column: Column, formula_safe: bool) -> list[tuple[str, Cells]]:
    """The headers that a column has in the table (a preference has two), and how its values become cells."""
    name = column.name
    if column.kind == "preference":
        return [(name, _choices), (f"{name}_strength", _strengths)]
    if column.kind in AS_JSON or column.kind == "metadata":
        return [(name, _as_json)]
    if column.kind == "flag":
        return [(name, _flags)]
    is_text = column.kind in ("id", "text", "label")
    return [(name, _marked if formula_safe and is_text else _as_they_are)]


def _as_they_are(values: Values) -> Values:
    return values


def _as_json(values: Values) -> Values:
    return [None if value is None else _encode(value).decode() for value in values]


def _choices(values: Values) -> Values:
    return [value and value.choice for value in values]


def _strengths(values: Values) -> Values:
    return [value and value.strength for value in values]


def _flags(values: Values) -> Values:
    return ["true" if value else "false" for value in values]


def _marked(values: Values) -> Values:
    return [value and marked(value) for value in values]
