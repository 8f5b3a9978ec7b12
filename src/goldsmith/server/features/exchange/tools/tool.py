"""What a tool offers: to recognise its files, to read them, to write them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from goldsmith.server.features.exchange.neutral import Declared, Entry
from goldsmith.server.features.exchange.pieces import Piece, first_rows, text_of
from goldsmith.server.features.exchange.tools.writing import Shape, Writing
from goldsmith.server.foundation.blobs import Blobs


@dataclass
class Look:
    """A first look into the pieces of what was sent."""

    blobs: Blobs
    pieces: Sequence[Piece]
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def rows(self, piece: Piece) -> list[dict[str, Any]]:
        """The first rows of a piece; none where it has none."""
        if piece.key not in self._rows:
            self._rows[piece.key] = [row.values for row in first_rows(self.blobs, piece)]
        return self._rows[piece.key]

    def with_rows(self, fits: Callable[[dict[str, Any]], bool]) -> list[Piece]:
        """The pieces whose first row fits."""
        return [piece for piece in self.pieces if (rows := self.rows(piece)) and fits(rows[0])]

    def text(self, piece: Piece) -> str:
        """A small piece as text."""
        return text_of(self.blobs, piece)

    def ending(self, *ends: str) -> list[Piece]:
        """The pieces whose names end so."""
        return [piece for piece in self.pieces if piece.name.lower().endswith(ends)]


class Reading(Protocol):
    """Reads the rows of a tool's files."""

    def declared(self) -> Declared:
        """What the files say about themselves before their first row."""
        ...

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The entries of one row of a file; `ValueError` says what was expected."""
        ...


@dataclass(frozen=True)
class Tool:
    """One annotation tool.

    repeats : a record may come in several rows, one for each of its answers.
    recognise : how surely these are its files, 0 for no.
    open : a reading of them, and the pieces that hold rows, in order.
    """

    name: str
    title: str
    repeats: bool
    recognise: Callable[[Look], float]
    open: Callable[[Look], tuple[Reading, list[Piece]]]
    write: Callable[[Shape], Writing]
