"""What every reader gives: rows, each with its line and its raw form, and the place of the next one."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import msgspec

from goldsmith.server.foundation.errors import Invalid

MAX_ROW_BYTES = 4 * 1_048_576
"""A longer row is refused: it is a broken file far more often than a record."""
CHUNK_BYTES = 4 * 1_048_576
"""A chunk ends once it has read this much, so that long rows do not make long transactions."""


MAX_VALUES_OF_A_ROW = 1_000_000
"""Values in one row of a column, however deep; packed files can promise any number of them in a few bytes."""


class Place(NamedTuple):
    """Where the next row begins: a byte offset (a row index in Parquet), its line, and how many rows came before."""

    at: int = 0
    line: int = 1
    rows: int = 0


class Row(NamedTuple):
    """One row: its values by column, or why it cannot be read."""

    line: int
    values: dict[str, Any]
    raw: str | bytes | None = None
    fault: str | None = None

    def text(self) -> str:
        """The row as it stood in the file, or as JSON where a file has no lines."""
        if isinstance(self.raw, bytes):
            return self.raw.decode("utf-8", "backslashreplace").rstrip("\r\n")
        if self.raw is not None:
            return self.raw.rstrip("\r\n")
        try:
            return msgspec.json.encode(self.values, enc_hook=str).decode()
        except (ValueError, UnicodeError):
            return repr(self.values)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, and the place of the row after them (None at the end of the file)."""

    rows: list[Row]
    next: Place | None
    read: float
    """The share of the file that has been read now, 0 to 1."""


class Unreadable(Invalid):
    """The file, or the rest of it, cannot be read at all."""


class Reader(Protocol):
    """Reads a file's rows from any place."""

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` rows from `place` on."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
