"""Long lists of ids, taken in portions that one statement may name."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 500


def portions(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in their order, `AT_ONCE` at a time; none for an empty list."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
