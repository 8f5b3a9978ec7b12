"""Parquet: rows by index. A batch is kept open between two reads, so that reading on never starts over."""

from collections.abc import Iterator
from typing import IO, Any

from goldsmith.server.features.records.readers.rows import Chunk, Place, Row, Unreadable

_BATCH_ROWS = 1000


class ParquetReader:
    """Rows of a Parquet file; the line of a row is its number."""

    def __init__(self, file: IO[bytes]) -> None:
        import pyarrow
        import pyarrow.parquet as parquet

        try:
            self._file = parquet.ParquetFile(file, buffer_size=1 << 16, pre_buffer=False)
        except (pyarrow.ArrowInvalid, OSError) as error:
            raise Unreadable(f"This is not a readable Parquet file: {error}") from None
        self._source = file
        self.columns: list[str] = self._file.schema_arrow.names
        self.n_rows: int = self._file.metadata.num_rows
        self._rows: Iterator[dict[str, Any]] = iter(())
        self._at = -1

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows from `place` on."""
        if place.at != self._at:
            self._rows, self._at = self._from(place.at), place.at
        rows = []
        for values in self._rows:
            rows.append(Row(place.line + len(rows), values))
            if len(rows) == limit:
                break
        self._at += len(rows)
        following = Place(self._at, place.line + len(rows), self._at) if self._at < self.n_rows else None
        return Chunk(rows, following, self._at / max(self.n_rows, 1))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._source.close()

    def _from(self, at: int) -> Iterator[dict[str, Any]]:
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
            yield from batch.slice(passed).to_pylist()
            passed = 0
