"""A text file as lines of bytes, from any offset; remembers where it stands, so that reading on costs no seek."""

from typing import IO

from goldsmith.server.features.records.readers.rows import MAX_ROW_BYTES

BOM = b"\xef\xbb\xbf"
_SKIP_BYTES = 1 << 20


class Lines:
    """Lines of a file, each with its ending; `at` is the offset of the next one."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self.size = size
        self.at = 0
        self.longest_refused = MAX_ROW_BYTES
        self._readline = getattr(file, "f", file).readline  # a local file of fsspec wraps the faster one

    def seek(self, at: int) -> None:
        """Go to an offset; the start is behind a byte order mark."""
        if at == 0 and self._starts_with_bom():
            at = len(BOM)
        if at != self.at or at <= len(BOM):
            self._file.seek(at)
            self.at = at

    def next(self) -> bytes:
        """The next line, or b"" at the end. A line longer than a row may be is cut short: see `skip_rest`."""
        line = self._readline(MAX_ROW_BYTES)
        self.at += len(line)
        return line

    def skip_rest(self) -> None:
        """Go to the end of a line that was cut short."""
        while piece := self._readline(_SKIP_BYTES):
            self.at += len(piece)
            if piece.endswith(b"\n"):
                return

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _starts_with_bom(self) -> bool:
        self._file.seek(0)
        return self._file.read(len(BOM)) == BOM


def is_cut_short(line: bytes) -> bool:
    """Whether a line is longer than a row may be."""
    return len(line) >= MAX_ROW_BYTES and not line.endswith(b"\n")
