"""Positions in a text: Goldsmith counts code points, browsers count UTF-16 units (an emoji is one of the former, two of
the latter), and files of either kind exist.

Where a file repeats the passage it means, the passage decides which way it was counted.
"""

from collections.abc import Callable
from itertools import accumulate


def from_utf16(text: str, at: int) -> int:
    """The code point at which a UTF-16 position lies; a position inside a pair is its beginning."""
    if at <= 0 or text.isascii():
        return at
    seen = 0
    for point, char in enumerate(text):
        width = 2 if char > "\uffff" else 1
        if seen + width > at:
            return point
        seen += width
    return len(text) + (at - seen)


def to_utf16(text: str, at: int) -> int:
    """The UTF-16 position of a code point."""
    return at + sum(char > "\uffff" for char in text[:at])


def utf16_positions(text: str) -> Callable[[int], int]:
    """`to_utf16` for many positions of one text."""
    if text.isascii():
        return lambda at: at
    before = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    return lambda at: before[min(at, len(text))]


def located(text: str, start: int, end: int, passage: str | None) -> tuple[int, int] | None:
    """Start and end in code points, by the passage if it is told; None where they lie outside of the text."""
    if passage:
        meant = _normal(passage)
        if _normal(text[start:end]) == meant:
            return start, end
        as_units = from_utf16(text, start), from_utf16(text, end)
        if _normal(text[slice(*as_units)]) == meant:
            return as_units
    return (start, end) if 0 <= start < end <= len(text) else None


def _normal(passage: str) -> str:
    """A passage as tools write it down: Label Studio writes line breaks as two characters."""
    return passage.replace("\\n", "\n").replace("\r\n", "\n")
