"""CSV and TSV: cells with quotes, in which a cell may hold the delimiter, a quote written twice, or a line break."""

import csv
from collections.abc import Iterator
from typing import IO

from goldsmith.server.features.records.readers.lines import Lines, is_cut_short
from goldsmith.server.features.records.readers.rows import CHUNK_BYTES, MAX_ROW_BYTES, Chunk, Place, Row, Unreadable

MAX_CELL = 1_000_000
MAX_COLUMNS = 2_000
_FAULTS = {
    "unexpected end of data": "a quote is opened here and never closed",
    "field larger than field limit": f"a cell is longer than {MAX_CELL:,} characters, or a quote is never closed",
    "expected after": "a closing quote is followed by text; write a quote inside a quoted cell twice",
    "new-line character": "a line break inside a cell without quotes",
}


class DelimitedReader:
    """Rows of a CSV or TSV file whose first row names the columns."""

    def __init__(self, file: IO[bytes], size: int, *, delimiter: str) -> None:
        csv.field_size_limit(MAX_CELL)
        self._lines = Lines(file, size)
        self._delimiter = delimiter
        self._taken: list[str] = []
        self._fault: str | None = None
        self.columns = self._header()
        self._first = Place(self._lines.at, 1 + len(self._taken), 0)

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows; a broken row is one row with its fault, and reading goes on at the next line."""
        line_number, n_rows = (place if place.at else self._first)[1:]
        self._lines.seek(place.at or self._first.at)
        started = self._lines.at
        rows: list[Row] = []
        cells_of = self._cells()
        while len(rows) < limit and self._lines.at - started < CHUNK_BYTES:
            row, n_lines = self._row(cells_of, line_number)
            if row is None and n_lines == 0:
                return Chunk(rows, None, 1.0)
            if row is not None:
                rows.append(row)
                if row.fault:
                    cells_of = self._cells()
            line_number += n_lines
        ends = self._lines.at >= self._lines.size
        following = None if ends else Place(self._lines.at, line_number, n_rows + len(rows))
        return Chunk(rows, following, self._lines.at / max(self._lines.size, 1))

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def _header(self) -> list[str]:
        self._lines.seek(0)
        cells = self._next_cells(self._cells())
        if self._fault or not cells:
            raise Unreadable(f"The first row must name the columns. {self._fault or 'The file has no rows.'}")
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(f"The first row names {len(cells):,} columns; at most {MAX_COLUMNS:,} are accepted.")
        return _distinct(cells)

    def _row(self, cells_of: Iterator[list[str]], line_number: int) -> tuple[Row | None, int]:
        """The next row (None for an empty line) and how many lines it took (0 at the end of the file)."""
        before = self._lines.at
        cells = self._next_cells(cells_of)
        if self._fault:
            return self._broken(before, line_number)
        n_lines = len(self._taken)
        if not cells:
            return None, n_lines
        raw = self._taken[0] if n_lines == 1 else "".join(self._taken)
        fault = None
        if len(cells) != len(self.columns):
            fault = self._ragged(cells)
        if "\x00" in raw:
            fault = "holds a NUL character; remove it"
        return Row(line_number, dict(zip(self.columns, cells, strict=False)), raw, fault), n_lines

    def _next_cells(self, cells_of: Iterator[list[str]]) -> list[str]:
        self._taken.clear()
        self._fault = None
        try:
            return next(cells_of, [])
        except csv.Error as error:
            self._fault = next((told for part, told in _FAULTS.items() if part in str(error)), str(error))
        except UnicodeDecodeError as error:
            self._fault = (
                f"not UTF-8: byte 0x{error.object[error.start]:02x} at character {error.start + 1} of its line; "
                "save the file as UTF-8"
            )
        return []

    def _broken(self, before: int, line_number: int) -> tuple[Row, int]:
        """The row that could not be read, as its first line alone; what follows is read anew."""
        fault = self._fault
        self._lines.seek(before)
        raw = self._lines.next()
        if is_cut_short(raw):
            self._lines.skip_rest()
            fault = f"longer than {MAX_ROW_BYTES:,} bytes"
        return Row(line_number, {}, raw[:MAX_CELL].rstrip(b"\r\n"), fault), 1

    def _ragged(self, cells: list[str]) -> str | None:
        extra = cells[len(self.columns) :]
        if len(cells) > len(self.columns) and not any(extra):
            return None
        return f"expected {len(self.columns)} cells, found {len(cells)}"

    def _cells(self) -> Iterator[list[str]]:
        return csv.reader(self._texts(), delimiter=self._delimiter, strict=True)

    def _texts(self) -> Iterator[str]:
        read, taken = self._lines.next, self._taken
        while line := read():
            if is_cut_short(line):
                raise csv.Error("field larger than field limit")
            text = line.decode()
            taken.append(text)
            yield text


def _distinct(names: list[str]) -> list[str]:
    """Column names without blanks or doubles: `text`, `text_2`, `column_3`."""
    taken: set[str] = set()
    copies: dict[str, int] = {}
    found: list[str] = []
    for number, name in enumerate(names, 1):
        name = name.strip() or f"column_{number}"
        unique = name
        while unique in taken:
            copies[name] = copies.get(name, 1) + 1
            unique = f"{name}_{copies[name]}"
        taken.add(unique)
        found.append(unique)
    return found
