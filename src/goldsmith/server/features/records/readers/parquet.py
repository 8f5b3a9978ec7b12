"""Parquet: rows by index. A batch is kept open between two reads, so that reading on never starts over.

A packed file can hold far more than its size: a text once and a billion references to it. Texts are therefore read as
references, and a batch becomes rows in slices, each of which is weighed before it is made.
"""

from collections.abc import Iterator
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
    import pyarrow as pa

_BATCH_ROWS = 1000


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
        self._rows: Iterator[tuple[dict[str, Any], int]] = iter(())
        self._at = -1

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows from `place` on; fewer where they are long."""
        import pyarrow

        if place.at != self._at:
            self._rows, self._at = self._from(place.at), place.at
        rows: list[Row] = []
        weight = 0
        try:
            for values, its_weight in self._rows:
                rows.append(Row(place.line + len(rows), values))
                weight += its_weight
                if len(rows) == limit or weight > CHUNK_BYTES:
                    break
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise Unreadable(f"The Parquet file cannot be read beyond row {place.line + len(rows)}: {error}") from None
        self._at += len(rows)
        following = Place(self._at, place.line + len(rows), self._at) if self._at < self.n_rows else None
        return Chunk(rows, following, self._at / max(self.n_rows, 1))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._source.close()

    def _from(self, at: int) -> Iterator[tuple[dict[str, Any], int]]:
        """Rows with what each weighs."""
        group, skipped = 0, 0
        while group < self._file.num_row_groups:
            size = self._file.metadata.row_group(group).num_rows
            if skipped + size > at:
                break
            skipped += size
            group += 1
        groups = list(range(group, self._file.num_row_groups))
        passed = at - skipped
        for batch in self._file.iter_batches(_BATCH_ROWS, row_groups=groups, use_threads=False) if groups else ():
            if passed >= batch.num_rows:
                passed -= batch.num_rows
                continue
            yield from _unpacked(batch.slice(passed))
            passed = 0


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


def _unpacked(batch: "pa.RecordBatch") -> Iterator[tuple[dict[str, Any], int]]:
    """A batch as rows, made in slices that stay small however much each row holds."""
    whole = max(1, batch.num_rows)
    each = sum(_weight(column) for column in batch.columns) // whole
    step = max(1, min(whole, CHUNK_BYTES // max(1, each)))
    for start in range(0, batch.num_rows, step):
        for values in _plain(batch.slice(start, step)).to_pylist():
            yield values, each


def _plain(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """The same rows with texts in the place of references, which Python reads much faster."""
    import pyarrow as pa

    columns = [one.dictionary_decode() if isinstance(one, pa.DictionaryArray) else one for one in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _weight(column: "pa.Array") -> int:
    """What a column takes when every reference in it becomes a text of its own."""
    import pyarrow as pa
    import pyarrow.compute as compute

    if not isinstance(column, pa.DictionaryArray):
        return column.nbytes
    lengths = compute.binary_length(column.dictionary)  # type: ignore[attr-defined]
    return compute.sum(lengths.take(column.indices)).as_py() or 0  # type: ignore[attr-defined]
