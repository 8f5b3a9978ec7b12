"""What is said of a name that nobody knows: the one that was likely meant, or those there are."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 12


def likely(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name."""
    names = list(known)
    if near := get_close_matches(name[:_LONGEST], names, 1):
        return f"did you mean {near[0]}?"
    listed = ", ".join(names[:_MOST]) + (", ..." if len(names) > _MOST else "")
    return f"it takes {listed or 'none'}."


_LONGEST = 100
