"""Look into a file that was sent: its layout, its columns with samples, about how many rows it has."""

from dataclasses import dataclass
from typing import Any

import msgspec

from goldsmith.server.features.records.readers import Layout, Place, Reader, Row, detect_layout, open_reader
from goldsmith.server.features.records.readers.detect import HEAD_BYTES
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Invalid

_ROWS = 200
_SAMPLES = 3
_SAMPLE_CHARACTERS = 80
_MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Column:
    """One column as its first rows show it."""

    name: str
    samples: list[str]
    distinct_share: float
    is_text: bool
    is_object: bool
    mean_length: float


@dataclass(frozen=True, slots=True)
class Inspection:
    layout: Layout
    columns: list[Column]
    size_bytes: int
    row_estimate: int


def inspect_file(blobs: Blobs, key: str, filename: str) -> Inspection:
    """What the file is; `Invalid` if it cannot be imported at all."""
    size = blobs.size(key)
    with blobs.read(key) as file:
        layout = detect_layout(file.read(HEAD_BYTES), filename)
    reader = open_reader(blobs.read(key), size, layout.format, layout.delimiter)
    try:
        chunk = reader.read(Place(), _ROWS)
    finally:
        reader.close()
    good = [row for row in chunk.rows if row.fault is None]
    if not good:
        told = f" The first says: {chunk.rows[0].fault}." if chunk.rows else ""
        raise Invalid(f"The file has no row that can be read.{told}")
    return Inspection(layout, _columns(reader, good), size, _estimate(reader, len(chunk.rows), chunk.read))


def value_at(values: dict[str, Any], column: str) -> Any:
    """A column's value; `a.b` reaches into an object where no column is named so."""
    if column in values or "." not in column:
        return values.get(column)
    outer, inner = column.split(".", 1)
    inside = values.get(outer)
    return inside.get(inner) if isinstance(inside, dict) else None


def _columns(reader: Reader, rows: list[Row]) -> list[Column]:
    names: dict[str, None] = dict.fromkeys(getattr(reader, "columns", ()))
    for row in rows:
        for name, value in row.values.items():
            names.setdefault(name)
            if isinstance(value, dict):
                names.update(dict.fromkeys(f"{name}.{inner}" for inner in value))
    usable = [name for name in names if 0 < len(name) <= 500 and name == _storable(name)][:_MAX_COLUMNS]
    return [_column(name, [value_at(row.values, name) for row in rows]) for name in usable]


def _column(name: str, values: list[Any]) -> Column:
    present = [value for value in values if value not in (None, "")]
    told = [_told(value) for value in present]
    return Column(
        name=name,
        samples=[_shown(one) for one in told[:_SAMPLES]],
        distinct_share=len(set(told)) / max(len(values), 1),
        is_text=bool(present) and all(isinstance(value, str) for value in present),
        is_object=any(isinstance(value, dict) for value in present),
        mean_length=sum(map(len, told)) / max(len(told), 1),
    )


def _shown(told: str) -> str:
    """A value as a sample: short, and without what a database could not store."""
    cut = told if len(told) <= _SAMPLE_CHARACTERS else f"{told[:_SAMPLE_CHARACTERS]}…"
    return _storable(cut)


def _storable(told: str) -> str:
    return told.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _told(value: Any) -> str:
    if isinstance(value, str):
        return value
    try:
        return msgspec.json.encode(value, enc_hook=str).decode()
    except (ValueError, UnicodeError):
        return repr(value)


def _estimate(reader: Reader, n_rows: int, read: float) -> int:
    known = getattr(reader, "n_rows", None)
    return known if known is not None else round(n_rows / max(read, 1e-9))
