"""The shingles of many texts at once, as numbers: one array for all, cut up by text.

A shingle becomes 52 bits: 4 for how common it is, above 48 of a hash. So the order of the numbers is an order from rare
to common, the same for every text. Which shingles are common is learned from a sample, and only speed depends on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldsmith.server.features.records.likeness import SHINGLE

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Chosen = NDArray[np.bool_]

AT_ONCE = 1 << 12
"""No more texts than this in one call: their number takes the 12 bits that a shingle leaves."""
_BITS, _RARITY_BITS, _TABLE_BITS = 48, 4, 20
_FACTOR, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_FILL = "\x00"


@dataclass(frozen=True, slots=True)
class Hashed:
    """The distinct shingles of texts: `shingles` rare ones first, text by text; `text` says whose each is.

    shingles : (n_shingles,) 52-bit numbers.
    text : (n_shingles,) the place of the text, ascending.
    sizes : (n_texts,) distinct shingles of each text.
    """

    shingles: Numbers
    text: Places
    sizes: Places

    @property
    def left(self) -> Places:
        """How many shingles of its text each has from itself on."""
        return np.cumsum(self.sizes)[self.text] - np.arange(len(self.text))


class Hasher:
    """Turns texts into numbers, with one idea of what is common."""

    def __init__(self, sample: Sequence[str]) -> None:
        self._rarity = np.zeros(1 << _TABLE_BITS, np.uint64)
        if sample:
            met = self.hash(sample).shingles & np.uint64((1 << _BITS) - 1)
            counts = np.bincount(_row(met), minlength=1 << _TABLE_BITS)
            self._rarity = np.minimum(np.frexp(counts)[1], (1 << _RARITY_BITS) - 1).astype(np.uint64)

    def hash(self, texts: Sequence[str]) -> Hashed:
        """The distinct shingles of each text (normalised, none empty, at most `AT_ONCE`)."""
        assert len(texts) <= AT_ONCE
        lengths = np.fromiter((max(len(text), SHINGLE) for text in texts), np.int64, len(texts))
        whole = "".join(text if len(text) >= SHINGLE else text.ljust(SHINGLE, _FILL) for text in texts)
        text = np.repeat(np.arange(len(texts)), lengths - (SHINGLE - 1))
        hashes = _hashes(whole)[np.arange(len(text)) + (SHINGLE - 1) * text]
        shingles = (self._rarity[_row(hashes)] << np.uint64(_BITS)) | hashes
        both = np.sort((text.astype(np.uint64) << np.uint64(_BITS + _RARITY_BITS)) | shingles)
        both = both[np.concatenate(([True], both[1:] != both[:-1]))]
        text = (both >> np.uint64(_BITS + _RARITY_BITS)).astype(np.int64)
        shingles = both & np.uint64((1 << (_BITS + _RARITY_BITS)) - 1)
        return Hashed(shingles, text, np.bincount(text, minlength=len(texts)))


def _hashes(whole: str) -> Numbers:
    """A 48-bit hash of each five characters in a row."""
    letters = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    found = letters[: len(letters) - SHINGLE + 1].copy()
    for at in range(1, SHINGLE):
        found *= _FACTOR
        found += letters[at : len(letters) - SHINGLE + 1 + at]
    found ^= found >> np.uint64(29)
    found *= _MIX
    return found >> np.uint64(64 - _BITS)


def _row(hashes: Numbers) -> Places:
    return (hashes >> np.uint64(_BITS - _TABLE_BITS)).astype(np.int64)
