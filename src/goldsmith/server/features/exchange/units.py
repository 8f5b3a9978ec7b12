"""Positions in a text: Goldsmith counts code points, browsers count UTF-16 units (an emoji is one of the former, two of
the latter), and files of either kind exist.

Where a file repeats the passage it means, the passage decides which way it was counted.
"""

import re
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


def located(text: str, start: int | None, end: int | None, passage: str | None) -> tuple[int, int] | None:
    """Start and end in code points. A passage that is told decides: it lies there by code points, or by UTF-16 units,
    or there is only one place that it can be; otherwise, and outside of the text: None.
    """
    told = None if start is None or end is None or start < 0 else (start, end)
    if not passage:
        return told if told and told[0] < told[1] <= len(text) else None
    places = [told, (from_utf16(text, told[0]), from_utf16(text, told[1]))] if told else []
    for alike in (_normal, _words):
        meant = alike(passage)
        for place in places if meant else ():
            if alike(text[slice(*place)]) == meant:
                return place
    return _only_place(text, passage)


def _normal(passage: str) -> str:
    """A passage as tools write it down: Label Studio writes line breaks as two characters."""
    return passage.replace("\\n", "\n").replace("\r\n", "\n")


def _words(passage: str) -> list[str]:
    """A passage as browsers show it: any white space is as good as any other."""
    return _normal(passage).split()


def _only_place(text: str, passage: str) -> tuple[int, int] | None:
    words = _words(passage)
    if not words:
        return None
    found = re.finditer(r"\s+".join(map(re.escape, words)), text)
    first, second = next(found, None), next(found, None)
    return first.span() if first and not second else None
