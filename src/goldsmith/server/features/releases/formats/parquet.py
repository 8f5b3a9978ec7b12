"""Parquet: the rows in typed columns, streamed one row group after the other. Metadata and tools are JSON text."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from goldsmith.server.features.releases.columns import Column, Layout, Message

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_GROUP = 10_000
BYTES_IN_GROUP = 16 << 20

_astuple = msgspec.structs.astuple


def parquet_bytes(blocks: Iterable[bytes], layout: Layout) -> Iterator[bytes]:
    """The file as it grows; PyArrow is loaded on first use, so that an idle server does not carry it."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = schema_of(layout)
    outlet = Outlet()
    with ParquetWriter(outlet, schema, compression="zstd") as writer:
        for rows in groups(blocks, layout):
            columns = zip(layout.columns, schema.types, zip(*map(_astuple, rows), strict=True), strict=True)
            arrays = [pa.array(plain(column, values), kind) for column, kind, values in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield outlet.take()
    yield outlet.take()
    pa.default_memory_pool().release_unused()


def groups(blocks: Iterable[bytes], layout: Layout) -> Iterator[list[Any]]:
    """The rows, so many at a time."""
    rows: list[Any] = []
    size = 0
    for block in blocks:
        rows += layout.decode_lines(block)
        size += len(block)
        if len(rows) >= ROWS_IN_GROUP or size >= BYTES_IN_GROUP:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def plain(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """The values as PyArrow takes them: structures as tuples in the order of their type."""
    if column.kind == "chat":
        return [value and [_turn(one) for one in value] for value in values]
    if column.kind == "tools":
        return [None if value is None else msgspec.json.encode(value).decode() for value in values]
    if column.kind in ("context", "span", "edit"):
        return [value and [_astuple(one) for one in value] for value in values]
    if column.kind == "preference":
        return [value and _astuple(value) for value in values]
    return [bytes(value).decode() for value in values] if column.kind == "metadata" else values


def _turn(turn: Message) -> tuple[Any, ...]:
    calls = turn.tool_calls and [(call.id, call.type, _astuple(call.function)) for call in turn.tool_calls]
    images = turn.images and [_astuple(image) for image in turn.images]
    return (turn.role, turn.content, calls, turn.tool_call_id, turn.name, images)


def schema_of(layout: Layout) -> "pa.Schema":
    """The types of the columns."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    function = pa.struct([("name", text), ("arguments", text)])
    calls = pa.list_(pa.struct([("id", text), ("type", text), ("function", function)]))
    images = pa.list_(pa.struct([("url", text), ("at", whole), ("detail", text)]))
    kinds = {
        "id": text, "text": text, "label": text, "metadata": text, "method": text,
        "rating": whole, "count": whole, "confidence": pa.float64(), "flag": pa.bool_(),
        "multi_label": pa.list_(text),
        "chat": pa.list_(pa.struct([
            ("role", text), ("content", text), ("tool_calls", calls), ("tool_call_id", text), ("name", text),
            ("images", images),
        ])),
        "tools": text,
        "context": pa.list_(pa.struct([("text", text), ("title", text), ("url", text)])),
        "span": pa.list_(pa.struct([
            ("field", text), ("start", whole), ("end", whole), ("label", text), ("turn", whole), ("note", text),
        ])),
        "ranking": pa.list_(pa.list_(text)),
        "edit": pa.list_(pa.struct([("text", text), ("turn", whole)])),
        "preference": pa.struct([("choice", text), ("strength", whole)]),
    }  # fmt: skip
    return pa.schema([(column.name, kinds[column.kind]) for column in layout.columns])


class Outlet(io.RawIOBase):
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
