"""JSON Lines: one object a line."""

from typing import IO

import msgspec

from goldsmith.server.features.records.readers.lines import Lines, is_cut_short
from goldsmith.server.features.records.readers.rows import CHUNK_BYTES, MAX_ROW_BYTES, Chunk, Place, Row

_RAW_SHOWN = 1_000_000


class JsonLinesReader:
    """Rows of a JSONL file; a broken line is one row with its fault."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._lines = Lines(file, size)

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows from `place` on; empty lines are passed over."""
        self._lines.seek(place.at)
        started, line_number = self._lines.at, place.line
        rows: list[Row] = []
        while len(rows) < limit and self._lines.at - started < CHUNK_BYTES:
            line = self._lines.next()
            if not line:
                return Chunk(rows, None, 1.0)
            if is_cut_short(line):
                self._lines.skip_rest()
                rows.append(Row(line_number, {}, line[:_RAW_SHOWN], f"longer than {MAX_ROW_BYTES:,} bytes"))
            elif not line.isspace():
                rows.append(_row(line, line_number))
            line_number += 1
        ends = self._lines.at >= self._lines.size
        following = None if ends else Place(self._lines.at, line_number, place.rows + len(rows))
        return Chunk(rows, following, self._lines.at / max(self._lines.size, 1))

    def close(self) -> None:
        """Close the file."""
        self._lines.close()


def _row(line: bytes, number: int) -> Row:
    try:
        values = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Row(number, {}, line.rstrip(b"\r\n"), f"not valid JSON: {error}")
    if not isinstance(values, dict):
        return Row(number, {}, line.rstrip(b"\r\n"), "expected a JSON object with named values")
    return Row(number, values, line)
