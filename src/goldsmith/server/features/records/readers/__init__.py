"""Readers: a file of rows in any format, read piece by piece from a position that can be kept.

A position is small JSON: where the next row begins, and the number that people would call its line. Reading on from
a kept position, in another process if need be, gives exactly the rows that were not read before.
"""

from goldsmith.server.features.records.readers.detect import Layout, detect_layout
from goldsmith.server.features.records.readers.opened import open_reader
from goldsmith.server.features.records.readers.rows import MAX_ROW_BYTES, Chunk, Place, Reader, Row, Unreadable

__all__ = [
    "MAX_ROW_BYTES",
    "Chunk",
    "Layout",
    "Place",
    "Reader",
    "Row",
    "Unreadable",
    "detect_layout",
    "open_reader",
]
