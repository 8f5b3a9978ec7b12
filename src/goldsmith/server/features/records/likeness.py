"""When two texts are nearly the same.

A text's shingles are the sets of five characters in a row that it has, after case, punctuation and white space are
made alike. Two texts are as similar as their sets are (Jaccard): J = |A ∩ B| / |A ∪ B|. From 4/5 on, one is a
near-duplicate of the other: in a text of a hundred characters, one or two words may differ.

Short texts: fewer than five characters are one shingle, the whole text. One changed character changes five shingles, so
below about fifty characters only texts that are the same apart from case, punctuation and white space reach 4/5, or
such as are longer by a character or two. A text without a letter or digit is never a near-duplicate.

Source: Broder, A. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences.
"""

import re
import unicodedata

SHINGLE = 5
LIKE, OF = 4, 5
"""Near-duplicates share at least LIKE / OF of their shingles. Whole numbers, so that no rounding decides."""
LIKENESS = LIKE / OF
COMPARED_CHARACTERS = 100_000
"""This much of a text is compared."""

_NO_WORD = re.compile(r"[\W_]+")
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256))


def normalised(passages: list[str]) -> str:
    """The passages as one text in lower case, every run of anything but letters and digits made one space."""
    if not passages:
        return ""
    text = "\n".join(passages)[:COMPARED_CHARACTERS]
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII).split()).decode()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_NO_WORD.sub(" ", folded).split())


def shingles_of(text: str) -> frozenset[str]:
    """The shingles of a normalised text; none of an empty one."""
    if len(text) <= SHINGLE:
        return frozenset((text,)) if text else frozenset()
    return frozenset(text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard similarity of two sets of shingles, from 0 to 1; of two empty ones, 0."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the texts behind two sets of shingles are near-duplicates."""
    shared = len(one & other)
    return shared > 0 and OF * shared >= LIKE * (len(one) + len(other) - shared)
