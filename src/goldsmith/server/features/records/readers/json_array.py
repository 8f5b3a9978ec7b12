"""A JSON array of objects, however long: decoded one element at a time from a window that slides over the file."""

import json
import re
from typing import IO, Any

from goldsmith.server.features.records.readers.lines import BOM
from goldsmith.server.features.records.readers.rows import CHUNK_BYTES, MAX_ROW_BYTES, Chunk, Place, Row, Unreadable

_WINDOW = 1 << 20
_BETWEEN = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")


class JsonArrayReader:
    """Rows of a JSON file; the line of a row is its number in the array."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size
        self._decode = json.JSONDecoder().raw_decode

    def read(self, place: Place, limit: int) -> Chunk:
        """Up to `limit` elements from `place` on."""
        window = _Window(self._file, place.at)
        if place.at == 0:
            window.enter_array()
        rows: list[Row] = []
        try:
            while len(rows) < limit and window.passed < CHUNK_BYTES:
                if window.is_at_end():
                    return Chunk(rows, None, 1.0)
                rows.append(_row(place.line + len(rows), window.element(self._decode, place.line + len(rows))))
        except Unreadable:
            if not rows:
                raise
        at = window.offset()
        return Chunk(rows, Place(at, place.line + len(rows), place.rows + len(rows)), at / max(self._size, 1))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _row(number: int, value: Any) -> Row:
    if isinstance(value, dict):
        return Row(number, value)
    return Row(number, {"value": value}, None, "expected a JSON object with named values")


class _Window:
    """The text around the next element, and the offset in the file at which the text begins."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        self._file = file
        self._start = at
        self._text = ""
        self._here = 0
        self._left = b""
        self._is_all = False
        self.passed = 0
        file.seek(at)

    def enter_array(self) -> None:
        self._fill()
        if self._text.startswith("\ufeff"):
            self._here = 1
        self._here = _SPACE.match(self._text, self._here).end()  # type: ignore[union-attr]
        if self._text[self._here : self._here + 1] != "[":
            raise Unreadable("Expected a JSON array of objects: [ {...}, {...} ].")
        self._here += 1

    def is_at_end(self) -> bool:
        """Whether the array is closed here; skips what stands between two elements."""
        while True:
            self._here = _BETWEEN.match(self._text, self._here).end()  # type: ignore[union-attr]
            if self._here < len(self._text):
                return self._text[self._here] == "]"
            if not self._fill():
                raise Unreadable("The JSON array is not closed: the file breaks off. Complete it, or send it as JSONL.")

    def element(self, decode: Any, number: int) -> Any:
        """The value that begins here."""
        while True:
            try:
                value, end = decode(self._text, self._here)
            except (json.JSONDecodeError, RecursionError) as error:
                if len(self._text) - self._here > MAX_ROW_BYTES or not self._fill():
                    raise Unreadable(
                        f"Element {number} of the array is not valid JSON ({error}). The file cannot be read beyond "
                        "it; rows before it are kept. Correct it, or send JSONL, where one bad line is only one row."
                    ) from None
                continue
            if end < len(self._text) or not self._fill():
                self.passed += end - self._here
                self._here = end
                return value

    def offset(self) -> int:
        """Where in the file the next element is looked for."""
        return self._start + len(self._text[: self._here].encode("utf-8", "surrogatepass"))

    def _fill(self) -> bool:
        """Read on; forget what has been passed. False at the end of the file."""
        piece = self._file.read(_WINDOW)
        if not piece:
            return False
        self._start = self.offset()
        self._text = self._text[self._here :] + self._decoded(piece)
        self._here = 0
        return True

    def _decoded(self, piece: bytes) -> str:
        piece = self._left + piece
        cut = _whole_characters(piece)
        self._left = piece[cut:]
        try:
            return piece[:cut].decode()
        except UnicodeDecodeError as error:
            raise Unreadable(
                f"The file is not UTF-8 (byte 0x{piece[error.start]:02x}). Save it as UTF-8 and send it again."
            ) from None


def _whole_characters(piece: bytes) -> int:
    """How much of `piece` does not end inside a character."""
    for back in range(1, min(4, len(piece)) + 1):
        byte = piece[-back]
        if byte < 0x80:
            return len(piece)
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(piece) if back >= length else len(piece) - back
    return len(piece)


assert BOM.decode() == "\ufeff"
