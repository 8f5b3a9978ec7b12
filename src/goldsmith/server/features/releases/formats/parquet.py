"""Parquet: the rows in typed columns, streamed one row group after the other. Metadata is JSON text."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from goldsmith.server.features.releases.columns import Column, Layout
from goldsmith.server.features.releases.formats.lines import Record, records_in

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_GROUP = 10_000
BYTES_IN_GROUP = 16 << 20

_encode = msgspec.json.Encoder(order="deterministic").encode


def parquet_bytes(blocks: Iterable[bytes], layout: Layout) -> Iterator[bytes]:
    """The file as it grows; PyArrow is loaded on first use, so that an idle server does not carry it."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema(layout)
    outlet = _Outlet()
    with ParquetWriter(outlet, schema, compression="zstd") as writer:
        for rows in _groups(blocks):
            kinds = zip(layout.columns, schema.types, strict=True)
            columns = [pa.array(_values(column, rows), kind) for column, kind in kinds]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            yield outlet.take()
    yield outlet.take()


def _groups(blocks: Iterable[bytes]) -> Iterator[list[Record]]:
    rows: list[Record] = []
    size = 0
    for block in blocks:
        rows += records_in(block)
        size += len(block)
        if len(rows) >= ROWS_IN_GROUP or size >= BYTES_IN_GROUP:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _values(column: Column, rows: list[Record]) -> list[Any]:
    name = column.name
    if column.kind == "metadata":
        return [_encode(row[name]).decode() for row in rows]
    return [row[name] for row in rows]


def _schema(layout: Layout) -> "pa.Schema":
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    kinds = {
        "id": text, "text": text, "label": text, "metadata": text, "method": text,
        "rating": whole, "count": whole, "confidence": pa.float64(), "flag": pa.bool_(),
        "multi_label": pa.list_(text),
        "chat": pa.list_(pa.struct([("role", text), ("content", text)])),
        "context": pa.list_(pa.struct([("text", text), ("title", text), ("url", text)])),
        "preference": pa.struct([("choice", text), ("strength", whole)]),
    }  # fmt: skip
    return pa.schema([(column.name, kinds[column.kind]) for column in layout.columns])


class _Outlet(io.RawIOBase):
    """A file that can only grow and is emptied from the front."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, block: Any) -> int:
        data = bytes(block)
        self._blocks.append(data)
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def take(self) -> bytes:
        """What was written since the last take."""
        taken, self._blocks = b"".join(self._blocks), []
        return taken
