"""Parquet: rows by index. A batch is kept open between two reads, so that reading on never starts over.

A packed file can hold far more than its size: a text once and a billion references to it. Texts are therefore read as
references, each row is weighed, and only as many become rows at once as a chunk may hold. Batches are large, because
finding the references costs by the batch; where a column holds more than texts and numbers, they are small.
"""

from collections.abc import Iterator
from itertools import count
from typing import IO, TYPE_CHECKING, Any

from goldsmith.server.features.records.readers.rows import (
    CHUNK_BYTES,
    MAX_VALUES_OF_A_ROW,
    Chunk,
    Place,
    Row,
    Unreadable,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_BATCH_VALUES = 100_000
_BATCH_ROWS = 20_000
_NESTED_BATCH_ROWS = 64


class ParquetReader:
    """Rows of a Parquet file; the line of a row is its number."""

    def __init__(self, file: IO[bytes]) -> None:
        import pyarrow
        import pyarrow.parquet as parquet

        try:
            plain = parquet.ParquetFile(file, buffer_size=1 << 16, pre_buffer=False)
            self._file = parquet.ParquetFile(
                file, buffer_size=1 << 16, pre_buffer=False, read_dictionary=_texts(plain.schema_arrow),
                metadata=plain.metadata,
            )  # fmt: skip
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise Unreadable(f"This is not a readable Parquet file: {error}") from None
        _refuse_promises(self._file.metadata)
        self._source = file
        self.columns: list[str] = self._file.schema_arrow.names
        self.n_rows: int = self._file.metadata.num_rows
        self._chunks: Iterator[list[dict[str, Any]]] = iter(())
        self._next = (-1, 0)

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows from `place` on; fewer where they are long."""
        import pyarrow

        if (place.at, limit) != self._next:
            self._chunks = self._from(place.at, limit)
        try:
            values = next(self._chunks, [])
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise Unreadable(f"The Parquet file cannot be read beyond row {place.line}: {error}") from None
        rows = list(map(Row, count(place.line), values))
        at = place.at + len(rows)
        self._next = at, limit
        following = Place(at, place.line + len(rows), at) if rows and at < self.n_rows else None
        return Chunk(rows, following, at / max(self.n_rows, 1))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._source.close()

    def _from(self, at: int, limit: int) -> Iterator[list[dict[str, Any]]]:
        """Rows from there on, up to `limit` at a time."""
        group, skipped = 0, 0
        while group < self._file.num_row_groups:
            size = self._file.metadata.row_group(group).num_rows
            if skipped + size > at:
                break
            skipped += size
            group += 1
        groups = list(range(group, self._file.num_row_groups))
        passed, size = at - skipped, _batch_rows(self._file.schema_arrow)
        for batch in self._file.iter_batches(size, row_groups=groups, use_threads=False) if groups else ():
            if passed >= batch.num_rows:
                passed -= batch.num_rows
                continue
            yield from _unpacked(batch.slice(passed), limit)
            passed = 0


def _batch_rows(schema: "pa.Schema") -> int:
    """How many rows are read at once."""
    import pyarrow as pa

    if any(pa.types.is_nested(field.type) for field in schema):
        return _NESTED_BATCH_ROWS
    return max(1, min(_BATCH_ROWS, _BATCH_VALUES // max(1, len(schema))))


def _texts(schema: "pa.Schema") -> list[str]:
    """The columns of texts, which can stand as references to a few."""
    import pyarrow as pa

    kinds = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
    return [field.name for field in schema if field.type in kinds]


def _refuse_promises(metadata: Any) -> None:
    """Refuse a file whose rows would hold more values than any record does."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        most = max(1, group.num_rows) * MAX_VALUES_OF_A_ROW
        if any(group.column(at).num_values > most for at in range(group.num_columns)):
            raise Unreadable(f"A row of the Parquet file holds more than {MAX_VALUES_OF_A_ROW:,} values.")


def _unpacked(batch: "pa.RecordBatch", limit: int) -> Iterator[list[dict[str, Any]]]:
    """A batch as rows, as many at once as are asked for and a chunk holds: one at least."""
    summed = _weights(batch).cumsum()
    start, before = 0, 0
    while start < batch.num_rows:
        fitting = int(summed.searchsorted(before + CHUNK_BYTES, side="right"))
        end = min(max(start + 1, fitting), start + limit, batch.num_rows)
        yield _plain(batch.slice(start, end - start)).to_pylist()
        start, before = end, int(summed[end - 1])


def _plain(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """The same rows with texts in the place of references, which Python reads much faster."""
    import pyarrow as pa

    columns = [one.dictionary_decode() if isinstance(one, pa.DictionaryArray) else one for one in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _weights(batch: "pa.RecordBatch") -> "np.ndarray":
    """What each row takes when every reference in it becomes a text of its own."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as compute

    weights = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        if isinstance(column, pa.DictionaryArray):
            lengths = compute.binary_length(column.dictionary)  # type: ignore[attr-defined]
            weights += lengths.take(column.indices).fill_null(0).to_numpy(zero_copy_only=False)
        else:
            weights += column.nbytes // max(1, batch.num_rows)
    return weights
