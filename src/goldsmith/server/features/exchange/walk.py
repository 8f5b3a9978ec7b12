"""Walk through the rows of a tool's files, piece after piece, from any place."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldsmith.server.features.exchange.neutral import Entry, Loss
from goldsmith.server.features.exchange.outline import Outline
from goldsmith.server.features.exchange.pieces import Piece, read_rows
from goldsmith.server.features.exchange.survey import Survey
from goldsmith.server.features.exchange.tools import Reading
from goldsmith.server.features.records import Place, Row
from goldsmith.server.foundation.blobs import Blobs

ROWS_AT_ONCE = 2000
MISREAD = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)
"""What a row that is not as the tool writes it may run into: it is told as the row's fault, not as ours."""


class Understood(NamedTuple):
    """An entry of a row, or why the row has none."""

    row: Row
    entry: Entry | None
    fault: str | None = None


def understood(reading: Reading, rows: Sequence[Row], file: str) -> Iterator[Understood]:
    """The entries of some rows of one file."""
    for row in rows:
        if row.fault is not None:
            yield Understood(row, None, row.fault)
            continue
        try:
            entries = list(reading.read(row.values, file))
        except MISREAD as error:
            told = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"
            yield Understood(row, None, told[:300])
            continue
        for entry in entries:
            yield Understood(row, entry)


def look_through(blobs: Blobs, reading: Reading, pieces: Sequence[Piece], *, repeats: bool) -> Outline:
    """Read everything once and remember what it comes to."""
    survey = Survey(reading.declared(), repeats=repeats)
    for piece in pieces:
        reader = read_rows(blobs, piece)
        try:
            place: Place | None = Place()
            while place is not None:
                chunk = reader.read(place, ROWS_AT_ONCE)
                for one in understood(reading, chunk.rows, piece.name):
                    fault = one.fault if one.entry is None else _unseen(survey, one.entry)
                    if fault is not None:
                        survey.lose([Loss("row_not_understood", f"row {one.row.line}: {fault}")])
                place = chunk.next
        finally:
            reader.close()
    return survey.outline()


def _unseen(survey: Survey, entry: Entry) -> str | None:
    """Let the survey see the entry; why it cannot, if it cannot."""
    try:
        survey.see(entry)
    except MISREAD as error:
        return f"{type(error).__name__}: {error}"[:300]
    return None
